"""Whether what the platform stands on can be reached: asked by /readyz and by ``doctor``."""

import logging
from collections.abc import Callable
from functools import cache as kept
from queue import Empty, Queue
from threading import Semaphore, Thread
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


DATABASE_SECONDS = 3
_asking = Semaphore(4)


class Unreachable(Exception):
    """Something the platform stands on doesn't answer, or not as it should."""


def check_database() -> None:
    """Raises DatabaseError where no query can be made, Unreachable where none ends in time.

    Nothing ends a query to a server that hangs: so a thread of its own waits for it, and while
    that waits nobody else is sent to wait.
    """
    if not _asking.acquire(blocking=False):
        raise Unreachable("database")
    answer: Queue[Exception | None] = Queue()
    Thread(target=_ask_database, args=(answer,), daemon=True).start()
    try:
        error = answer.get(timeout=DATABASE_SECONDS)
    except Empty:
        raise Unreachable("database") from None
    if error is not None:
        raise error


def _ask_database(answer: "Queue[Exception | None]") -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        connection.close()
        error = None
    except Exception as problem:
        error = problem
    _asking.release()
    answer.put(error)


def pending_migrations() -> list[str]:
    """The migrations that the code has and the database lacks, as "app.name"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


@kept
def check_migrations() -> None:
    """Raises Unreachable while migrations are pending; asks no more once none was."""
    if pending_migrations():
        raise Unreachable("pending migrations")


def check_cache() -> None:
    """Raises Unreachable where the cache doesn't give back what it was given."""
    token = uuid4().hex
    cache.set("readyz", token, 10)
    if cache.get("readyz") is None:
        raise Unreachable("cache")


def check_broker() -> None:
    """Raises RedisError where a Redis broker doesn't answer; other brokers live in the process."""
    if settings.CELERY_BROKER_URL.startswith(("redis://", "rediss://")):
        options = {"socket_timeout": 1, "socket_connect_timeout": 1}
        with Redis.from_url(settings.CELERY_BROKER_URL, **options) as redis:
            redis.ping()


def readiness() -> dict[str, Any]:
    """The answer of /readyz: "ready", "degraded" (slower, or mail waits) or "unavailable"."""
    database = _asked(check_database)
    migrations = _asked(check_migrations) if database == "ok" else "failed"
    necessary = {"database": database, "migrations": migrations}
    helpful = {"cache": _asked(check_cache), "broker": _asked(check_broker)}
    status = "ready" if "failed" not in helpful.values() else "degraded"
    if "failed" in necessary.values():
        status = "unavailable"
    return {"status": status, "checks": necessary | helpful}


def _asked(check: Callable[[], None]) -> str:
    """ "ok" or "failed": what exactly is wrong goes into the log, not to whoever asks."""
    try:
        check()
    except (DatabaseError, RedisError, Unreachable, OSError) as error:
        logger.warning("not ready", extra={"check": check.__name__, "kind": type(error).__name__})
        return "failed"
    return "ok"
