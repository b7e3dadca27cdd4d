from typing import Any

from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Page


class Command(publish_scheduled.Command):
    """Takes the place of Wagtail's, which takes off what has expired as bare pages: neither the
    gate nor what belongs to going off (``PublishGate.went_off``) would hear of it."""

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            expired = Page.objects.live().filter(expire_at__lt=timezone.now())
            for page in list(expired.order_by("expire_at").specific()):
                page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        super().handle(*args, **options)
