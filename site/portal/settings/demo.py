"""The embedded default: one process, SQLite, mail into a folder. For trying out only.

``PORTAL_DATA`` names the folder for all that it writes (default: ``var`` in the checkout).
"""

import os
import secrets
from pathlib import Path

from portal.settings.base import *  # noqa: F403 - a settings module is the sum of its base
from portal.settings.base import CELERY_BEAT_SCHEDULE, MIDDLEWARE, ROOT

DEBUG = False
DEMO = True
DATA = Path(os.environ.get("PORTAL_DATA", ROOT / "var")).resolve()
for folder in ("media", "private", "mail", "static"):
    (DATA / folder).mkdir(parents=True, exist_ok=True)


def _kept_secret(name: str) -> str:
    """A random key that is made at the first start and kept for the next ones."""
    path = DATA / f"{name}.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = _kept_secret("django")
PEOPLE_KEYS = [_kept_secret("people")]
PERSON_KEY = _kept_secret("person")
ALTCHA_HMAC_KEY = _kept_secret("altcha")
ALLOWED_HOSTS = ["*"]
# Nobody in front does it, as nginx does for the public.
MIDDLEWARE = ["portal.middleware.TextGZipMiddleware", *MIDDLEWARE]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "portal.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "people.storage.PrivateFileStorage",
        "OPTIONS": {"location": str(DATA / "private")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CELERY_BROKER_URL = "memory://localhost/"
CELERY_TASK_PUBLISH_RETRY = True
CELERY_IMPORTS = ("portal.demo.tasks",)
CELERY_BEAT_SCHEDULE = CELERY_BEAT_SCHEDULE | {
    "keep-young": {"task": "portal.demo.keep_young", "schedule": 3600.0}
}
THROTTLE_STORAGE = "memory://"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
NOTIFY_EMAIL = True

WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")

# The terminal shows where the demo is, and errors; not every request.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.server": {"level": "ERROR"}},
}
