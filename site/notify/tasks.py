from celery import shared_task

from notify import services


@shared_task(name="notify.deliver")
def deliver_task(message_id: int) -> None:
    """Sends one message, right after the transaction that wrote it."""
    services.deliver(message_id=message_id)


@shared_task(name="notify.sweep")
def sweep_task() -> int:
    """Every minute (CELERY_BEAT_SCHEDULE): sends what is due and was left."""
    return services.sweep()


@shared_task(name="notify.empty")
def empty_task() -> int:
    """Every six hours (CELERY_BEAT_SCHEDULE): empties messages to people who were purged."""
    return services.empty_messages()
