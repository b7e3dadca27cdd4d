"""Pages kept in the process, in front of the shared cache.

Fetching a page of a hundred kilobytes from Redis takes longer than all else that a cached page
needs. The keys hold the generation (see ``portal.page_cache``), which is asked of the shared cache
for every request: so what is kept here is left behind by a publication as everywhere.
"""

import pickle
import time
from collections import OrderedDict
from threading import Lock
from typing import Any

from django.http import HttpResponse
from django.utils.http import parse_http_date_safe

MOST = 64
"""Entries that a process keeps; a page has two (itself, and by which headers it varies)."""
LARGEST = 512 * 1024
_SECONDS = 30

_kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
_lock = Lock()


class NearCache:
    """What the cache middleware asks of a cache: ``get`` and ``set``."""

    def __init__(self, far: Any) -> None:
        self._far = far

    def get(self, key: str, default: Any = None) -> Any:
        until, pickled = _kept.get(key, (0.0, b""))
        if until > time.time():
            return pickle.loads(pickled)  # noqa: S301 - pickled by this very process
        value = self._far.get(key, default)
        if value is not default:
            _keep(key, value)
        return value

    def set(self, key: str, value: Any, timeout: float | None = None) -> None:
        self._far.set(key, value, timeout)


def forget() -> None:
    """Empty what this process keeps; for tests."""
    _kept.clear()


def _keep(key: str, value: Any) -> None:
    """Keep it until it expires; a copy, because middleware changes the answer's headers."""
    until = time.time() + _SECONDS
    if isinstance(value, HttpResponse):
        until = min(until, parse_http_date_safe(value.get("Expires", "")) or 0)
    pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    if len(pickled) > LARGEST:
        return
    with _lock:
        _kept[key] = (until, pickled)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
