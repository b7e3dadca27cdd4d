"""Personal details of registrations, kept a set time after the event, and no longer (rule G5)."""

import logging
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry

from openday.models import CheckIn, EventPage, Registration, Transition
from people.models import Contact
from publishing.models import SiteProfile

logger = logging.getLogger(__name__)
BATCH = 500
CLEARED = "（已清除）"
"""In place of why a check-in was undone: that there was a reason must stay on record."""

_ENCRYPTED = ("access_needs", "transport")


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

    Numbers, states and statistics stay; what staff wrote of the person as a reason goes. A second
    run finds nothing and logs nothing.
    """
    kept = Registration.objects.filter(
        session__ends_at__lte=timezone.now(), contact__purged_at=None
    )
    for event in EventPage.objects.filter(pk__in=kept.values("session__event")):
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
    # Encrypted columns can be asked for nothing but whether they are empty, as plain text.
    plain = {f"{name}_stored": Cast(name, TextField()) for name in _ENCRYPTED}
    empty = Q(person_key="", **{f"{name}_stored": "" for name in _ENCRYPTED})
    over = over.annotate(**plain).exclude(empty & ~_has_words())
    locked = over.select_for_update(of=("self",), skip_locked=True)
    chosen = list(locked.order_by("pk").values_list("pk", flat=True)[:BATCH])
    emptied = dict.fromkeys(("person_key", *_ENCRYPTED), "")
    count = Registration.objects.filter(pk__in=chosen).update(**emptied)
    _reasons().filter(registration__in=chosen).update(reason="")
    _undone().filter(registration__in=chosen).update(undo_reason=CLEARED)
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


def _has_words() -> Q:
    """Which registrations have a history with words that somebody typed."""
    reasons = Exists(_reasons().filter(registration=OuterRef("pk")))
    return Q(reasons) | Q(Exists(_undone().filter(registration=OuterRef("pk"))))


def _reasons() -> QuerySet[Transition]:
    return Transition.objects.exclude(reason="").order_by()


def _undone() -> QuerySet[CheckIn]:
    return CheckIn.objects.exclude(undo_reason__in=["", CLEARED]).order_by()
