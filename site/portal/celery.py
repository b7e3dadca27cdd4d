"""The Celery application: celery -A portal.celery worker (and, apart, beat).

It sets no settings module: ``portal`` imports it, also for ``manage.py``, which chooses its own.
"""

from celery import Celery

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
