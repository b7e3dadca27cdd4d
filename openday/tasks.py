from celery import shared_task

from openday.services import reminding, retention, sweeping


@shared_task(name="openday.sweep")
def sweep_task() -> int:
    """Every minute (CELERY_BEAT_SCHEDULE): offers lapse, queues move up, absence is marked."""
    return sweeping.sweep()


@shared_task(name="openday.remind")
def remind_task() -> int:
    """Every ten minutes: reminders seven days and one day before."""
    return reminding.remind()


@shared_task(name="openday.purge")
def purge_task() -> int:
    """Every six hours: what registrations hold beyond its time is emptied."""
    return retention.purge_registrations()
