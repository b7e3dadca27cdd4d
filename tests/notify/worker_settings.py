"""Settings of the worker that the tests start: the test's database, broker and mail server."""

import os

from portal.settings.test import *  # noqa: F403 - a settings module is the sum of its base

CELERY_TASK_ALWAYS_EAGER = False
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["TEST_MAIL_PORT"])
