"""Sending what is in the outbox: each message once, as far as that can be had.

A message is taken by one conditional UPDATE, which gives it a lease; then it is sent, outside of
any transaction; then it is marked. A worker that dies before sending leaves a lease that runs
out. One that dies between sending and marking, or never hears the server's last answer, sends
twice: no mail server can be asked what it has taken. The Message-ID follows from the dedupe key,
so both copies carry the same one, and mailboxes that look at it keep one. SMS gateways drop the
second by the same name, and where it is unsure that they took the first, tries are counted.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from notify.carriers import Carriers
from notify.channels import hindrance, is_configured
from notify.enums import MessageState
from notify.models import Message
from notify.refusals import Outage, Refused
from people.encryption import Unreadable

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than a conversation with a slow server takes (see notify.email, notify.sms.posting)."""
MAX_ATTEMPTS = 8
"""Refused for now so often (1, 2, 4 … 64 minutes apart), a message fails and must be phoned."""
OUTAGE_PAUSE = timedelta(seconds=30)
"""A server that is away is no fault of the message: it waits, and isn't counted."""
OUTAGE_LIMIT = timedelta(hours=24)
UNREADABLE_PAUSE = timedelta(minutes=10)
SWEEP_SECONDS = 100.0
SWEEP_BATCH = 200


def deliver(*, message_id: int, carriers: Carriers | None = None) -> bool:
    """Sends one message if it is due; False if its channel's server is away: callers pause.

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
    own = Carriers() if carriers is None else carriers
    try:
        own.of(message.channel).send(message)
    except Outage as outage:
        _wait_out(message, lease, outage)
        return False
    except Refused as refusal:
        return _refuse(message, lease, refusal)
    finally:
        if carriers is None:
            own.close()
    return _mark_sent(message)


def sweep() -> int:
    """Sends what is due: messages nobody was told of, and those of workers that died.

    A channel whose server is away is left alone until the next run, and holds up no other one;
    after 100 seconds the next run goes on. Two runs at once share the work. Returns how many
    messages were taken up.
    """
    end, seen, carriers = time.monotonic() + SWEEP_SECONDS, 0, Carriers()
    away: set[str] = set()
    try:
        while rows := _due(away):
            for message_id, channel in rows:
                if time.monotonic() > end:
                    return seen
                if channel in away:
                    continue
                if deliver(message_id=message_id, carriers=carriers):
                    seen += 1
                else:
                    away.add(channel)
    finally:
        carriers.close()
    return seen


def _due(away: set[str]) -> list[tuple[int, str]]:
    """The next ones, who waited longest first: one that trips the server holds up nobody."""
    waiting_since = Coalesce("next_try_at", "lease_until")
    due = Message.objects.due().exclude(channel__in=away).order_by(waiting_since, "pk")
    return list(due.values_list("pk", "channel")[:SWEEP_BATCH])


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
    """The server answered, and said no."""
    if refusal.for_good:
        return _end(message, lease, error=str(refusal))
    return _try_later(message, lease, str(refusal))


def _try_later(message: Message, lease: datetime, error: str) -> bool:
    """The try counts: again later and later, or give up."""
    if message.attempts >= MAX_ATTEMPTS:
        return _end(message, lease, error=error)
    pause = timedelta(minutes=2 ** (message.attempts - 1))
    return _queue_again(message, lease, pause, error, attempts=message.attempts)


def _wait_out(message: Message, lease: datetime, outage: Outage) -> bool:
    """The server is away: soon again, for a day; but not often, if it may have taken it."""
    if outage.unsure:
        return _try_later(message, lease, str(outage))
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
