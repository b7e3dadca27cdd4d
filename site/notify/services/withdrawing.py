"""Taking back what nobody was told yet, when what it tells no longer holds."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from notify.enums import MessageState
from notify.models import UNTOLD, Message, MessageQuerySet


@transaction.atomic
def withdraw_messages(*, kind: str, dedupe_prefix: str) -> int:
    """Marks as 已撤销 what waits to be sent or phoned; how many. Idempotent.

    Meant for the transaction that cancels or moves what the messages remind of. What was sent or
    phoned stays; what a worker is just sending is withdrawn too, unless it goes out: then it says
    已发送, because it was. A withdrawn key stays taken: what is told anew has a key of its own.

    Raises:
        ValueError: a prefix that doesn't end in "-": "reminder-1" would also be "reminder-12".
    """
    if not dedupe_prefix.endswith("-"):
        raise ValueError("A prefix ends in '-'.")
    return _withdraw(Message.objects.filter(kind=kind, dedupe_key__startswith=dedupe_prefix))


@transaction.atomic
def withdraw_messages_to(*, contacts: QuerySet[Any], kind: str) -> int:
    """The same for all of a kind that goes to these people."""
    return _withdraw(Message.objects.filter(kind=kind, contact__in=contacts))


def _withdraw(messages: MessageQuerySet) -> int:
    return messages.filter(state__in=UNTOLD).update(
        state=MessageState.WITHDRAWN,
        withdrawn_at=timezone.now(),
        next_try_at=None,
        lease_until=None,
    )
