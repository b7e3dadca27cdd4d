"""A Redis cache that may be down: its absence costs speed, never a page or an opinion."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds for which nobody waits for a Redis that has just failed to answer."""


class OneClient(RedisCacheClient):
    """Django's makes a new client for every call, which takes longer than the call itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._made: dict[Any, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined] # not in the stubs
        if pool not in self._made:
            self._made[pool] = self._client(connection_pool=pool)  # type: ignore[attr-defined] # nor this
        return self._made[pool]


class ForgivingRedisCache(RedisCache):
    """Reads miss and writes are dropped while Redis is down; ``add`` says that it added nothing.

    After a failure Redis is left alone for `PAUSE` seconds: with one that hangs, every look-up
    would cost its time-out.
    """

    _silent_until: ClassVar[float] = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        call = super().get
        return self._forgiven(lambda: call(key, default, version), default)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> bool:
        call = super().add
        return bool(self._forgiven(lambda: call(key, value, timeout, version), False))

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> None:
        call = super().set
        self._forgiven(lambda: call(key, value, timeout, version), None)

    def touch(self, key: Any, timeout: Any = 300, version: Any = None) -> bool:
        call = super().touch
        return bool(self._forgiven(lambda: call(key, timeout, version), False))

    def delete(self, key: Any, version: Any = None) -> bool:
        call = super().delete
        return bool(self._forgiven(lambda: call(key, version), False))

    def has_key(self, key: Any, version: Any = None) -> bool:
        call = super().has_key
        return bool(self._forgiven(lambda: call(key, version), False))

    def get_many(self, keys: Iterable[Any], version: Any = None) -> dict[Any, Any]:
        call, wanted = super().get_many, list(keys)
        return dict(self._forgiven(lambda: call(wanted, version), {}))

    def set_many(self, data: Any, timeout: Any = 300, version: Any = None) -> list[Any]:
        call = super().set_many
        return list(self._forgiven(lambda: call(data, timeout, version), list(data)))

    def delete_many(self, keys: Iterable[Any], version: Any = None) -> None:
        call, wanted = super().delete_many, list(keys)
        self._forgiven(lambda: call(wanted, version), None)

    def _forgiven(self, call: Callable[[], Any], otherwise: Any) -> Any:
        """The answer of the call, or what stands for it while Redis is down."""
        if time.monotonic() < ForgivingRedisCache._silent_until:
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as error:
            ForgivingRedisCache._silent_until = time.monotonic() + PAUSE
            logger.warning("cache unavailable", extra={"kind": type(error).__name__})
            return otherwise
