from celery import shared_task
from django.core.management import call_command


@shared_task(name="publishing.publish_due")
def publish_due() -> None:
    """Publish what is scheduled for now, and take off what has expired; a blocked page is logged
    and left (see publishing.gates), the others still go out."""
    call_command("publish_scheduled")
