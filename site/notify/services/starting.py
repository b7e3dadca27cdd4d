"""Telling a worker that there is something to do. Nothing depends on its being told."""

import logging
import math
import time

from celery import current_app, signature
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

AWAY_SECONDS = 30.0
"""How long a broker that failed is left alone: requests meanwhile don't wait for it at all."""

_away_until = [-math.inf]


def start_deliver(message_id: int) -> bool:
    """Starts sending one message; False where no worker could be told."""
    return _start("notify.deliver", message_id)


def start_sweep() -> bool:
    """Starts sending all that is due; False where no worker could be told."""
    return _start("notify.sweep")


def _start(name: str, *args: int) -> bool:
    """Hands the task to the broker, which has two seconds (settings), and at most once in a while.

    The failure is logged, not raised: the row is in the outbox, and the sweeper finds it.
    """
    if time.monotonic() < _away_until[0]:
        return False
    try:
        signature(name, args=args, app=current_app).apply_async(retry=False, ignore_result=True)
    except (KombuError, RedisError, OSError) as error:
        _away_until[0] = time.monotonic() + AWAY_SECONDS
        logger.warning("The broker is away, the sweeper takes over: %s", type(error).__name__)
        return False
    return True
