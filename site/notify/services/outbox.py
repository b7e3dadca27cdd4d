"""Putting messages into the outbox, in the transaction of what they tell."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from notify.channels import choose_channel
from notify.email import calendar_method
from notify.enums import MessageChannel, MessageState
from notify.models import Message
from notify.services.starting import start_deliver, start_sweep
from people.models import Contact
from people.rows import insert_unless_taken
from publishing.models import Unit

SUBJECT_LENGTH = 200
SHORT_LENGTH = 300
"""An SMS in five parts; carriers refuse much longer ones."""


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
    calendar: str = ""
    after: datetime | None = None
    short: str = ""
    short_values: Mapping[str, str] | None = None
    by_phone: bool = False
    urgent: bool = False


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
    calendar: str = "",
    after: datetime | None = None,
    short: str = "",
    short_values: Mapping[str, str] | None = None,
    by_phone: bool = False,
    urgent: bool = False,
) -> Message:
    """Writes one message; after commit a worker is told. The same key again gives the same row.

    It goes by e-mail to who left an address; else by SMS to a mobile number, if there is a
    ``short`` text (≤ 300 characters; ``short_values`` for the carrier's template). Else it is
    未发送 at once and on the unit's call list, unless ``phone_if_unsent`` is False: the person
    knows it all. ``secret`` ends the mail, stands on no list and in no SMS. ``calendar``
    (iCalendar with a METHOD) is attached to the mail. With ``after`` nothing happens before that
    time: it is sent then, or comes on the call list then. ``by_phone``: whatever channels there
    are, somebody is to ask the person. ``urgent``: the first on the call list.
    """
    more = (unit, secret, phone_if_unsent, calendar, after, short, short_values, by_phone, urgent)
    return _enqueue(Notice(contact, kind, subject, body, dedupe_key, *more))


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
    if any(_goes_now(message) for message in fresh):
        transaction.on_commit(start_sweep, robust=True)
    return len(fresh)


def _enqueue(notice: Notice) -> Message:
    message = Message(dedupe_key=notice.dedupe_key, **_columns(notice))
    if not insert_unless_taken(message):
        return Message.objects.get(dedupe_key=notice.dedupe_key)
    if _goes_now(message):
        transaction.on_commit(lambda: start_deliver(message.pk), robust=True)
    return message


def _goes_now(message: Message) -> bool:
    return message.next_try_at is not None and message.next_try_at <= timezone.now()


def _columns(notice: Notice) -> dict[str, Any]:
    """The new row but for its key: queued where a channel is or time remains, else unsent."""
    short, values = _one_line(notice.short, SHORT_LENGTH), dict(notice.short_values or {})
    channel = choose_channel(notice.contact, kind=notice.kind, short=short, values=values)
    if notice.by_phone:
        channel = MessageChannel.PHONE
    if notice.calendar:
        calendar_method(notice.calendar)
    now = timezone.now()
    later = notice.after if notice.after and notice.after > now else None
    waits = channel != MessageChannel.PHONE or later is not None
    return {
        "contact": notice.contact,
        "unit": notice.unit,
        "kind": notice.kind,
        "subject": _one_line(notice.subject, SUBJECT_LENGTH),
        "body": notice.body,
        "secret": notice.secret,
        "short": short,
        "short_values": json.dumps(values, ensure_ascii=False) if values else "",
        "calendar": notice.calendar,
        "phone_if_unsent": notice.phone_if_unsent,
        "is_urgent": notice.urgent,
        "channel": channel,
        "state": MessageState.QUEUED if waits else MessageState.UNSENT,
        "next_try_at": (later or now) if waits else None,
        "send_after": later,
        "created_at": now,
    }


def _one_line(text: str, length: int) -> str:
    """A text without line ends; one that is too long ends in an ellipsis, which shows it."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
