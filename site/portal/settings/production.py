"""Settings for the public: everything comes from the environment, nothing insecure starts.

Every variable stands in docs/operating.md; ``manage.py doctor`` says what follows from each.
"""

from copy import deepcopy

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # noqa: F403 - a settings module is the sum of its base
from portal.settings.base import CONTENT_SECURITY_POLICY, ROOT
from portal.settings.buckets import bucket_storages, picture_sources
from portal.settings.checked import (
    all_different,
    base_url,
    database,
    folders,
    hosts,
    is_loopback,
    redis_url,
    secret,
    sender,
)
from portal.settings.env import flag, number, one_of, optional, required
from portal.settings.sms import gateway_url, signature, templates, whole

# Added to below; the base's own stays as it is.
CONTENT_SECURITY_POLICY = deepcopy(CONTENT_SECURITY_POLICY)

DEBUG = False
if flag("DEBUG"):
    raise ImproperlyConfigured("生产环境不能打开 DEBUG，请删除环境变量 DEBUG。")

SECRET_KEY = secret("SECRET_KEY")
# The first key encrypts, all of them decrypt: rotate by putting a new one in front.
PEOPLE_KEYS = [key.strip() for key in secret("PEOPLE_KEYS").split(",") if key.strip()]
PERSON_KEY = secret("PERSON_KEY")
ALTCHA_HMAC_KEY = secret("ALTCHA_HMAC_KEY")
all_different(
    SECRET_KEY=SECRET_KEY,
    PEOPLE_KEYS=PEOPLE_KEYS[0],
    PERSON_KEY=PERSON_KEY,
    ALTCHA_HMAC_KEY=ALTCHA_HMAC_KEY,
)

ALLOWED_HOSTS = hosts("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = base_url("BASE_URL", ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]
FORCE_SCRIPT_NAME = optional("URL_PREFIX") or None
if FORCE_SCRIPT_NAME:
    if not FORCE_SCRIPT_NAME.startswith("/") or FORCE_SCRIPT_NAME.endswith("/"):
        raise ImproperlyConfigured("环境变量 URL_PREFIX 须以 / 开头、不以 / 结尾，例如 /minyi。")
    STATIC_URL = f"{FORCE_SCRIPT_NAME}/static/"
    MEDIA_URL = f"{FORCE_SCRIPT_NAME}/media/"

DATABASES = {"default": database("DATABASE_URL")}
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 5,
    **DATABASES["default"].get("OPTIONS", {}),
    "pool": {"min_size": 1, "max_size": number("DATABASE_POOL", 8, least=1), "timeout": 10},
}

REDIS_URL = redis_url("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "portal.forgiving_cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
CELERY_BROKER_URL = REDIS_URL
THROTTLE_STORAGE = REDIS_URL

STATIC_ROOT = optional("STATIC_ROOT", str(ROOT / "var" / "static"))
_folder = optional("MEDIA_ROOT")
_bucket = optional("S3_BUCKET")
if bool(_folder) == bool(_bucket):
    raise ImproperlyConfigured("请在 MEDIA_ROOT（文件夹）和 S3_BUCKET（对象存储）中设置其一。")
if _bucket:
    _public, _private = bucket_storages(_bucket)
    for _directive in ("img-src", "media-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"][_directive].extend(picture_sources(_public))
else:
    MEDIA_ROOT = _folder
    _private_folder = required("PRIVATE_ROOT", "公众上传的材料所在文件夹，须在 MEDIA_ROOT 之外。")
    folders(MEDIA_ROOT, _private_folder, STATIC_ROOT)
    _public = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    _private = {
        "BACKEND": "people.storage.PrivateFileStorage",
        "OPTIONS": {"location": _private_folder},
    }
STORAGES = {
    "default": _public,
    "private": _private,
    "staticfiles": {"BACKEND": "portal.static_files.StaticFilesStorage"},
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = flag("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = number("HSTS_SECONDS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("HSTS_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = flag("HSTS_PRELOAD", True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# How many proxies in front add to X-Forwarded-For (nginx alone: 1); 0 trusts none.
TRUSTED_PROXIES = number("TRUSTED_PROXIES", 1)

CAPTCHA = one_of("CAPTCHA", "altcha", "recaptcha")
if CAPTCHA == "recaptcha":
    RECAPTCHA_PUBLIC_KEY = required("RECAPTCHA_PUBLIC_KEY", "填写 reCAPTCHA 站点密钥。")
    RECAPTCHA_PRIVATE_KEY = required("RECAPTCHA_PRIVATE_KEY", "填写 reCAPTCHA 私钥。")
    for _directive in ("script-src", "frame-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"].setdefault(_directive, []).extend(
            ["https://www.recaptcha.net", "https://www.gstatic.cn"]
        )

EMAIL_HOST = optional("SMTP_HOST")
NOTIFY_EMAIL = bool(EMAIL_HOST)
EMAIL_HOST_USER = optional("SMTP_USER")
EMAIL_HOST_PASSWORD = optional("SMTP_PASSWORD")
# TLS from the first byte (port 465), unless it is asked for after a greeting (587) or not at all.
EMAIL_USE_TLS = flag("SMTP_STARTTLS")
EMAIL_USE_SSL = flag("SMTP_SSL", not EMAIL_USE_TLS)
EMAIL_PORT = number("SMTP_PORT", 587 if EMAIL_USE_TLS else 465, least=1, most=65_535)
EMAIL_TIMEOUT = 20
if EMAIL_USE_SSL and EMAIL_USE_TLS:
    raise ImproperlyConfigured("SMTP_SSL 与 SMTP_STARTTLS 只能打开一个。")
if NOTIFY_EMAIL:
    DEFAULT_FROM_EMAIL = sender("MAIL_FROM")
    if not (EMAIL_USE_SSL or EMAIL_USE_TLS or is_loopback(EMAIL_HOST)):
        raise ImproperlyConfigured("发往外部邮件服务器须加密：请打开 SMTP_SSL 或 SMTP_STARTTLS。")

SMS_GATEWAY_URL = gateway_url("SMS_GATEWAY_URL")
SMS_ACCOUNT, SMS_SECRET, _signature = whole(
    SMS_GATEWAY_URL, "SMS_ACCOUNT", "SMS_SECRET", "SMS_SIGNATURE"
)
SMS_SIGNATURE = signature(_signature)
SMS_TEMPLATES = templates("SMS_TEMPLATES")

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.logs.JsonFormatter"}},
    "filters": {
        "request_id": {"()": "portal.logs.RequestIdFilter"},
        "lowered": {"()": "portal.logs.LoweredFilter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": one_of("LOG_LEVEL", "INFO", *_LEVELS)},
    # Scanners ask for hosts of their own invention; nothing here is broken.
    "loggers": {"django.security.DisallowedHost": {"filters": ["lowered"]}},
}
