"""Putting messages into the outbox, in the transaction of what they tell."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notify.enums import MessageChannel, MessageState
from notify.models import Message
from notify.services.starting import start_deliver, start_sweep
from people.models import Contact
from people.rows import insert_unless_taken
from publishing.models import Unit

SUBJECT_LENGTH = 200


class Notice(NamedTuple):
    """One message to put into the outbox: the arguments of ``enqueue``."""

    contact: Contact
    kind: str
    subject: str
    body: str
    dedupe_key: str
    unit: Unit | None = None
    secret: str = ""
    phone_if_unsent: bool = True


def enqueue(
    *,
    contact: Contact,
    kind: str,
    subject: str,
    body: str,
    dedupe_key: str,
    unit: Unit | None = None,
    secret: str = "",
    phone_if_unsent: bool = True,
) -> Message:
    """Writes one message; after commit a worker is told. The same key again gives the same row.

    Without a channel that is configured and has an address, the message is 未发送 at once and
    stands on the unit's call list, unless ``phone_if_unsent`` is False: the person knows it all.
    ``secret`` ends the mail, and stands on no list. A broker that is down delays nothing: the
    sweeper takes over.
    """
    notice = Notice(contact, kind, subject, body, dedupe_key, unit, secret, phone_if_unsent)
    message = Message(dedupe_key=dedupe_key, **_columns(notice))
    if not insert_unless_taken(message):
        return Message.objects.get(dedupe_key=dedupe_key)
    if message.state == MessageState.QUEUED:
        transaction.on_commit(lambda: start_deliver(message.pk), robust=True)
    return message


@transaction.atomic
def enqueue_many(notices: Iterable[Notice]) -> int:
    """Writes many messages and starts one task for all; how many are new.

    Keys that exist already are left as they are.
    """
    wanted = {notice.dedupe_key: notice for notice in notices}
    known = set(Message.objects.filter(dedupe_key__in=wanted).values_list("dedupe_key", flat=True))
    fresh = [
        Message(dedupe_key=key, **_columns(notice))
        for key, notice in wanted.items()
        if key not in known
    ]
    Message.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    if any(message.state == MessageState.QUEUED for message in fresh):
        transaction.on_commit(start_sweep, robust=True)
    return len(fresh)


def _columns(notice: Notice) -> dict[str, Any]:
    """The new row but for its key: queued for e-mail where that can be, else unsent."""
    by_email = bool(settings.NOTIFY_EMAIL and notice.contact.email)
    now = timezone.now()
    return {
        "contact": notice.contact,
        "unit": notice.unit,
        "kind": notice.kind,
        "subject": _one_line(notice.subject),
        "body": notice.body,
        "secret": notice.secret,
        "phone_if_unsent": notice.phone_if_unsent,
        "channel": MessageChannel.EMAIL if by_email else MessageChannel.PHONE,
        "state": MessageState.QUEUED if by_email else MessageState.UNSENT,
        "next_try_at": now if by_email else None,
        "created_at": now,
    }


def _one_line(subject: str) -> str:
    """A subject without line ends; one that is too long for the column ends in an ellipsis."""
    line = " ".join(subject.split())
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1]}…"
