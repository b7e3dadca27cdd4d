from celery import shared_task

from portal.demo.loading import keep_young


@shared_task(name="portal.demo.keep_young")
def keep_demo_young() -> None:
    """A demo that runs for days moves its dates along; known to the demo's settings only."""
    keep_young()
