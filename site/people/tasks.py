from celery import shared_task

from people.retention import purge


@shared_task(name="people.purge")
def purge_task() -> int:
    """Every six hours (CELERY_BEAT_SCHEDULE): empties contacts whose retention is over."""
    return purge()
