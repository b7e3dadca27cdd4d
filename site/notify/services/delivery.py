"""Sending what is in the outbox: each message once, as far as that can be had.

A message is taken by one conditional UPDATE, which gives it a lease; then it is sent, outside of
any transaction; then it is marked. A worker that dies before sending leaves a lease that runs
out. One that dies between sending and marking, or never hears the server's last answer, sends
twice: no mail server can be asked what it has taken. The Message-ID follows from the dedupe key,
so both copies carry the same one, and mailboxes that look at it keep one.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from notify.channels import hindrance, is_configured
from notify.email import Mailer, Outage, Refused
from notify.enums import MessageState
from notify.models import Message
from people.encryption import Unreadable

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than a conversation with a slow mail server takes (see notify.email)."""
MAX_ATTEMPTS = 8
"""Refused for now so often (1, 2, 4 … 64 minutes apart), a message fails and must be phoned."""
OUTAGE_PAUSE = timedelta(seconds=30)
"""A mail server that is away is no fault of the message: it waits, and isn't counted."""
OUTAGE_LIMIT = timedelta(hours=24)
UNREADABLE_PAUSE = timedelta(minutes=10)
SWEEP_SECONDS = 100.0
SWEEP_BATCH = 200


def deliver(*, message_id: int, mailer: Mailer | None = None) -> bool:
    """Sends one message if it is due; False if the mail server is away, so that callers pause.

    Sent, refused, not due, taken by another worker: all of that is True.
    """
    lease = _take(message_id)
    if lease is None:
        return True
    try:
        message = Message.objects.select_related("contact").get(pk=message_id)
    except Unreadable:
        logger.error("a message can't be decrypted, see PEOPLE_KEYS", extra={"pk": message_id})
        return _put_back(message_id, lease)
    if reason := _hindrance(message):
        return _end(message, lease, error=reason)
    own = Mailer() if mailer is None else mailer
    try:
        own.send(message)
    except Outage as outage:
        _wait_out(message, lease, outage)
        return False
    except Refused as refusal:
        return _refuse(message, lease, refusal)
    finally:
        if mailer is None:
            own.close()
    return _mark_sent(message)


def sweep() -> int:
    """Sends what is due: messages nobody was told of, and those of workers that died.

    Stops when the mail server is away or after 100 seconds; the next run goes on. Two runs at
    once share the work. Returns how many messages were taken up.
    """
    end, seen, mailer = time.monotonic() + SWEEP_SECONDS, 0, Mailer()
    try:
        while ids := _due_ids():
            for message_id in ids:
                if time.monotonic() > end or not deliver(message_id=message_id, mailer=mailer):
                    return seen
                seen += 1
    finally:
        mailer.close()
    return seen


def _due_ids() -> list[int]:
    """The next ones, who waited longest first: one that trips the server holds up nobody."""
    waiting_since = Coalesce("next_try_at", "lease_until")
    due = Message.objects.due().order_by(waiting_since, "pk")
    return list(due.values_list("pk", flat=True)[:SWEEP_BATCH])


def _take(message_id: int) -> datetime | None:
    """Gives one worker the lease, which names it in what follows; None to all the others."""
    lease = timezone.now() + LEASE
    taken = Message.objects.due().filter(pk=message_id)
    count = taken.update(
        state=MessageState.SENDING,
        lease_until=lease,
        next_try_at=None,
        attempts=F("attempts") + 1,
    )
    return lease if count else None


def _put_back(message_id: int, lease: datetime) -> bool:
    """Nothing is wrong with the message: it waits until the key is there, and isn't counted."""
    held = Message.objects.filter(pk=message_id, state=MessageState.SENDING, lease_until=lease)
    held.update(
        state=MessageState.QUEUED,
        lease_until=None,
        next_try_at=timezone.now() + UNREADABLE_PAUSE,
        attempts=F("attempts") - 1,
    )
    return True


def _hindrance(message: Message) -> str:
    """Why a message can't be sent at all; empty if it can."""
    if reason := hindrance(message.channel, message.contact):
        return reason
    return "发送多次中断" if message.attempts > MAX_ATTEMPTS else ""


def _end(message: Message, lease: datetime, *, error: str) -> bool:
    """The message fails, or is 未发送 where no channel exists; staff must phone (rule T2)."""
    sends = is_configured(message.channel)
    state = MessageState.FAILED if sends else MessageState.UNSENT
    return _release(message, lease, state=state, error=error)


def _refuse(message: Message, lease: datetime, refusal: Refused) -> bool:
    """The server answered, and said no: try again later and later, or give up."""
    if refusal.for_good or message.attempts >= MAX_ATTEMPTS:
        return _end(message, lease, error=str(refusal))
    pause = timedelta(minutes=2 ** (message.attempts - 1))
    return _queue_again(message, lease, pause, str(refusal), attempts=message.attempts)


def _wait_out(message: Message, lease: datetime, outage: Outage) -> bool:
    """The server is away: soon again, for a day."""
    if timezone.now() - message.waiting_since > OUTAGE_LIMIT:
        return _end(message, lease, error=str(outage))
    return _queue_again(message, lease, OUTAGE_PAUSE, str(outage), attempts=message.attempts - 1)


def _queue_again(
    message: Message, lease: datetime, pause: timedelta, error: str, *, attempts: int
) -> bool:
    due_at = timezone.now() + pause
    return _release(
        message,
        lease,
        state=MessageState.QUEUED,
        next_try_at=due_at,
        error=error,
        attempts=attempts,
    )


def _release(message: Message, lease: datetime, **columns: object) -> bool:
    """Gives the lease back, if it is still ours: after it ran out another worker decides."""
    held = Message.objects.filter(pk=message.pk, state=MessageState.SENDING, lease_until=lease)
    held.update(lease_until=None, **columns)
    return True


def _mark_sent(message: Message) -> bool:
    """It is out, whoever holds the lease by now, and whoever withdrew it meanwhile."""
    open_ones = Message.objects.filter(pk=message.pk, sent_at=None, phoned_at=None)
    open_ones.update(
        state=MessageState.SENT,
        sent_at=timezone.now(),
        lease_until=None,
        next_try_at=None,
        withdrawn_at=None,
        error="",
    )
    return True
