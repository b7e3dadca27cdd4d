"""Settings of the worker that the tests start: the test's database, broker and files."""

from portal.settings.test import *  # noqa: F403 - a settings module is the sum of its base

CELERY_TASK_ALWAYS_EAGER = False
