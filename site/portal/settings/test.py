"""Settings of the test suite: SQLite unless ``DATABASE_URL`` names the PostgreSQL under test."""

import os
import tempfile
from pathlib import Path

import dj_database_url

from portal.settings.base import *  # noqa: F403 - a settings module is the sum of its base

SECRET_KEY = "only-for-tests-" + "x" * 40
PEOPLE_KEYS = ["only-for-tests-people-key-0000000000000000"]
PERSON_KEY = "only-for-tests-person-key"
ALTCHA_HMAC_KEY = "only-for-tests-altcha-key"
ALTCHA_MAX_NUMBER = 500
ALLOWED_HOSTS = ["*"]
# Removed when the process ends.
_folder = tempfile.TemporaryDirectory(prefix="portal-test-")
DATA = Path(os.environ.get("PORTAL_DATA") or _folder.name)

if os.environ.get("DATABASE_URL"):
    # What make test has migrated once is copied for each worker of each step.
    made = {"TEST": {"TEMPLATE": os.environ.get("MIGRATED_DATABASE")}}
    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"]) | made}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ":memory:",
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
        }
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
NOTIFY_EMAIL = True
NOTIFY_GATHER_SECONDS = 0.0
CELERY_BROKER_URL = os.environ.get("REDIS_URL", "memory://")
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
THROTTLE_STORAGE = "memory://"

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
WHITENOISE_AUTOREFRESH = True
