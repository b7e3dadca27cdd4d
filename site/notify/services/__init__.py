"""The outbox: messages are enqueued with what they tell, delivered by workers, or phoned."""

from notify.services.calling import (
    NotToPhone,
    NotYours,
    record_many_phoned,
    record_phoned,
    reveal_callee,
    undo_phoned,
)
from notify.services.delivery import deliver, sweep
from notify.services.emptying import empty_messages
from notify.services.outbox import Notice, enqueue, enqueue_many
from notify.services.withdrawing import withdraw_messages, withdraw_messages_to

__all__ = [
    "NotToPhone",
    "NotYours",
    "Notice",
    "deliver",
    "empty_messages",
    "enqueue",
    "enqueue_many",
    "record_many_phoned",
    "record_phoned",
    "reveal_callee",
    "sweep",
    "undo_phoned",
    "withdraw_messages",
    "withdraw_messages_to",
]
