"""What is kept no longer than promised (rules.md G5). The rows stay, and so does what was said."""

import logging

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from people.models import BurntChallenge, Contact

logger = logging.getLogger(__name__)
BATCH = 500


def purge() -> int:
    """Empties the contacts whose time is over and forgets old challenges; how many contacts.

    Idempotent: a second run finds nothing, changes nothing, logs nothing. Two runs at once share
    the work, since each batch is locked while it is emptied.
    """
    total = 0
    while count := _purge_batch():
        total += count
    forgotten, _rows = BurntChallenge.objects.filter(expires_at__lt=timezone.now()).delete()
    if total or forgotten:
        logger.info("people.purge", extra={"contacts": total, "challenges": forgotten})
    return total


@transaction.atomic
def _purge_batch() -> int:
    """Empties at most 500 contacts, and writes one line into the audit log about how many."""
    due = Contact.objects.filter(purged_at=None, purge_after__lt=timezone.localdate())
    locked = due.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True)
    chosen = list(locked[:BATCH])
    emptied = {"name": "", "phone": "", "email": "", "address": "", "person_key": ""}
    count = Contact.objects.filter(pk__in=chosen).update(**emptied, purged_at=timezone.now())
    if count:
        _write_log(count)
    return count


def _write_log(count: int) -> None:
    """The entry concerns the model, not one row: whose data it was is no longer known."""
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Contact),
        object_id="0",
        label=str(Contact._meta.verbose_name),
        action="people.purge",
        timestamp=timezone.now(),
        data={"count": count},
    )
