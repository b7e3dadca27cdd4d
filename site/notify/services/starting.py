"""Telling a worker that there is something to do. Nothing depends on its being told."""

import logging
import math
import time
from threading import Lock

from celery import current_app, signature
from django.conf import settings
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

AWAY_SECONDS = 30.0
"""How long a broker that failed is left alone: requests meanwhile don't wait for it at all."""

_away_until = [-math.inf]


class _Gathering:
    """The time in which messages are gathered for one sweep, and whether it is ordered."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.until = -math.inf
        self.ordered = False


_gathering = _Gathering()
_MARGIN = 0.2
"""Seconds by which the sweep comes after the end, so that the last of them are committed."""


def start_deliver(message_id: int) -> None:
    """Starts sending one message that is committed.

    Handing over a task costs as much as writing three rows. So the first message goes at once, and
    those of the following second (``NOTIFY_GATHER_SECONDS``) go together, by one sweep at its end.
    """
    with _gathering.lock:
        now = time.monotonic()
        rest = _gathering.until - now
        alone = now >= _gathering.until
        if alone:
            _gathering.until, _gathering.ordered = now + settings.NOTIFY_GATHER_SECONDS, False
        elif _gathering.ordered:
            return
        else:
            _gathering.ordered = True
    if alone:
        _start("notify.deliver", message_id)
    else:
        _start("notify.sweep", countdown=rest + _MARGIN)


def start_sweep() -> bool:
    """Starts sending all that is due; False where no worker could be told."""
    return _start("notify.sweep")


def _start(name: str, *args: int, countdown: float | None = None) -> bool:
    """Hands the task to the broker, which has two seconds (settings), and at most once in a while.

    The failure is logged, not raised: the row is in the outbox, and the sweeper finds it.
    """
    if time.monotonic() < _away_until[0]:
        return False
    try:
        task = signature(name, args=args, app=current_app)
        task.apply_async(retry=False, ignore_result=True, countdown=countdown)
    except (KombuError, RedisError, OSError) as error:
        _away_until[0] = time.monotonic() + AWAY_SECONDS
        logger.warning("The broker is away, the sweeper takes over: %s", type(error).__name__)
        return False
    return True
