"""Personal details of registrations, kept a set time after the event, and no longer (rule G5)."""

import logging
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from openday.models import EventPage, Registration
from people.models import Contact
from publishing.models import SiteProfile

logger = logging.getLogger(__name__)
BATCH = 500


def set_purge_days(*, event: EventPage) -> int:
    """Write on each contact until when it is kept; how many changed. Purging is ``people``'s."""
    site = event.get_site()
    profile = SiteProfile.for_site(site) if site else SiteProfile()
    changed = 0
    for session in event.sessions.all():
        last = timezone.localdate(session.ends_at) + timedelta(days=profile.event_retention_days)
        rows = Contact.objects.filter(registrations__session=session, purged_at=None)
        changed += rows.exclude(purge_after=last).update(purge_after=last)
    return changed


def purge_registrations() -> int:
    """Set the days of events that are over, and empty what registrations themselves hold.

    Numbers, states and statistics stay. A second run finds nothing and logs nothing.
    """
    for event in EventPage.objects.filter(sessions__ends_at__lte=timezone.now()).distinct():
        set_purge_days(event=event)
    total = 0
    while count := _purge_batch():
        total += count
    if total:
        logger.info("openday.purge", extra={"registrations": total})
    return total


@transaction.atomic
def _purge_batch() -> int:
    """Empties at most 500 registrations whose contact's time is over, with one line in the log."""
    over = Registration.objects.filter(contact__purge_after__lt=timezone.localdate())
    # Everybody left a phone: who has no key any more was emptied before.
    locked = over.exclude(person_key="").select_for_update(of=("self",), skip_locked=True)
    chosen = list(locked.order_by("pk").values_list("pk", flat=True)[:BATCH])
    emptied = {"person_key": "", "access_needs": "", "transport": ""}
    count = Registration.objects.filter(pk__in=chosen).update(**emptied)
    if count:
        ModelLogEntry.objects.create(
            content_type=ContentType.objects.get_for_model(Registration),
            object_id="0",
            label=str(Registration._meta.verbose_name),
            action="openday.purge",
            timestamp=timezone.now(),
            data={"count": count},
        )
    return count
