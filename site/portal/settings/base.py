"""What every deployment shares. ``demo``, ``test`` and ``production`` add what differs."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
TEMPLATES_DIR = PACKAGE / "_templates" if (PACKAGE / "_templates").exists() else ROOT / "templates"

INSTALLED_APPS = [
    "portal",
    "consultation",
    "openday",
    "interpretations",
    "notify",
    "people",
    "publishing",
    "django_altcha",
    "django_cleanup.apps.CleanupSelectedConfig",
    "django_recaptcha",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.table_block",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtailmedia",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "portal.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.AdminPolicyMiddleware",
    "portal.middleware.ReadableBodyMiddleware",
    "portal.middleware.ElderVersionMiddleware",
    "portal.page_cache.PageCacheUpdateMiddleware",
    "portal.page_cache.PageCacheFetchMiddleware",
    "portal.sites.SiteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "publishing.middleware.PublishBlockedMiddleware",
    "portal.overlong.OverlongMiddleware",
    "portal.admin_scope.AdminScopeMiddleware",
    "portal.published_files.PublishedFilesMiddleware",
    "portal.purging.PrivacyMiddleware",
    "portal.unreadable.UnreadableMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "publishing.User"
AUTHENTICATION_BACKENDS = ["portal.sign_in.ThrottledBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TEMPLATES_DIR],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "portal.context.site_frame",
            ],
        },
    },
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
MEDIA_URL = "/media/"
# What citizens hand in lies outside MEDIA_ROOT and is served by permission-checked views only.
PRIVATE_STORAGE_ALIAS = "private"

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
# 0: only responses that state their own max-age are kept (see portal.page_cache).
CACHE_MIDDLEWARE_SECONDS = 0

# Publishing and taking off begin a new generation of cached pages.
WAGTAILFRONTENDCACHE = {"pages": {"BACKEND": "portal.purging.AllPagesBackend"}}

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "EXCLUDE_URL_PREFIXES": (),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "people.uploads.receiving.ForgivingUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A long text in the editor has seven fields a clause (publishing.importing).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30_000

WAGTAIL_SITE_NAME = "政民互动平台"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "publishing.review.finishing.publish_approved"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "txt", "ofd", "jpg", "png"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.file_forms.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.file_forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# Films, which only their own renditions make public (docs/decisions/media.md).
WAGTAILMEDIA = {
    "MEDIA_MODEL": "interpretations.Video",
    "MEDIA_FORM_BASE": "interpretations.forms.videos.UploadForm",
    "VIDEO_EXTENSIONS": ["mp4", "mov", "m4v", "3gp", "mkv", "webm", "avi"],
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "publishing.search"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []

CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request must not hang on a broker that is down: the outbox row is there for the sweeper.
# max_retries is read when a task is handed over (kombu), not by a worker that connects.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
# Films take minutes: a queue and a worker of their own, so that no message waits for them.
CELERY_TASK_ROUTES = {"interpretations.transcode": {"queue": "media"}}
CELERY_BEAT_SCHEDULE = {
    "notify-sweep": {"task": "notify.sweep", "schedule": 60.0},
    "publish-due": {"task": "publishing.publish_due", "schedule": 60.0},
    "publish-due-bundles": {"task": "interpretations.publish_due", "schedule": 60.0},
    "people-purge": {"task": "people.purge", "schedule": 6 * 3600.0},
    "openday-sweep": {"task": "openday.sweep", "schedule": 60.0},
    "openday-remind": {"task": "openday.remind", "schedule": 600.0},
    "openday-purge": {"task": "openday.purge", "schedule": 6 * 3600.0},
    "videos-sweep": {"task": "interpretations.sweep_videos", "schedule": 60.0},
    "notify-empty": {"task": "notify.empty", "schedule": 6 * 3600.0},
}

# Captcha: "altcha" (default, self-hosted) or "recaptcha" (v2 by way of recaptcha.net).
CAPTCHA = "altcha"
ALTCHA_MAX_NUMBER = 50_000
RECAPTCHA_DOMAIN = "www.recaptcha.net"
RECAPTCHA_PUBLIC_KEY = ""
RECAPTCHA_PRIVATE_KEY = ""
RECAPTCHA_VERIFY_REQUEST_TIMEOUT = 5
SILENCED_SYSTEM_CHECKS = [
    "django_recaptcha.recaptcha_test_key_error",
    # The editor's preview is a frame of our own.
    "security.W019",
]

# Which channels can carry a message. E-mail is on where a mail server or folder is set, SMS
# where a gateway is; without templates (kind: {"id": …, "values": [names]}) it takes free text.
NOTIFY_EMAIL = False
SMS_GATEWAY_URL = ""
SMS_ACCOUNT = ""
SMS_SECRET = ""
SMS_SIGNATURE = ""
SMS_TEMPLATES: dict[str, dict[str, Any]] = {}
# After a message has gone at once, those of so many seconds go together (notify.services.starting).
NOTIFY_GATHER_SECONDS = 1.0
DEFAULT_FROM_EMAIL = "noreply@localhost"
DEMO = False
