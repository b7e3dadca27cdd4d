"""How often one address range and one person may do a thing.

The limits per range let 500 people behind one address (a village's only uplink) each send and look
up within the hour; the limits per person are what stops one of them. ``settings.THROTTLE_LIMITS``
replaces single entries of LIMITS: {"submit": {"person": ["5/hour"]}}.
"""

import hashlib
import hmac
import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from people.addresses import address_range

logger = logging.getLogger(__name__)

LIMITS: dict[str, dict[str, list[str]]] = {
    "submit": {
        "range": ["2000/hour"],
        "person": ["10/hour", "30/day"],
        # The question in place of the captcha: a program could answer it.
        "strict_range": ["100/hour"],
        "strict_person": ["3/hour", "10/day"],
    },
    # One person registers for a few sessions, and mistypes some of it.
    "register": {
        "range": ["2000/hour"],
        "person": ["10/hour", "30/day"],
        "strict_range": ["100/hour"],
        "strict_person": ["3/hour", "10/day"],
    },
    # Checking files costs processor time before any captcha is looked at.
    "upload": {"range": ["300/10 minutes"]},
    # A code of 65 bits can't be guessed; this keeps the load down and numbers from being tried.
    # The person is the receipt's number; 10 from one range leave others their tries at it.
    "lookup": {
        "range": ["1000/10 minutes"],
        "person": ["60/10 minutes"],
        "pair": ["10/10 minutes"],
    },
    # "Useful" or not, without a name: the person is an answer, so a pair is one answer within one
    # range, behind which a village may live.
    "rate": {"range": ["300/hour"], "pair": ["20/day"]},
    # Wrong passwords only. The person is an account at one address, so that nobody elsewhere can
    # lock it; the range stops one password from being tried on every account.
    "sign_in": {"range": ["300/15 minutes"], "person": ["10/15 minutes"]},
    # An account that has signed in from this range before: its neighbours' failures don't count.
    "sign_in_known": {"person": ["10/15 minutes"]},
}
"""For each action and scope the limits; "pair" is one person within one range."""

FALLBACK_SHARE = 4
"""Without the shared store each process counts for itself, up to this fraction of every limit."""

Named = tuple[RateLimitItem, tuple[str, ...]]
"""A limit, and for whom it counts: action, scope, hashed name."""

Question = Callable[[FixedWindowRateLimiter, Sequence[Named]], Named | None]
"""How a limiter is asked, with hits or with looks; gives the first limit that is used up."""

_HIT_ALL = """
for place, key in ipairs(KEYS) do
  local hits = redis.call('INCR', key)
  if hits == 1 then redis.call('EXPIRE', key, ARGV[2 * place - 1]) end
  if hits > tonumber(ARGV[2 * place]) then return place end
end
return 0
"""
"""What ``hit`` of the limits' library does for one key (the same keys), for all by one journey.

As there, what comes after a limit that is used up isn't counted: who hammers at his own limit uses
up none of his neighbours'.
"""

RETRY_SECONDS = 5.0
"""How long a store that failed is left alone."""


class TooMany(Exception):
    """Refused for now. ``message`` is for the person, ``retry_after`` counts seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = max(1, retry_after)
        minutes = math.ceil(self.retry_after / 60)
        self.message = _("操作过于频繁，请在 %(minutes)s 分钟后再试。") % {"minutes": minutes}
        super().__init__(self.message)


def check_limits(*, action: str, address: str, person_key: str = "", strict: bool = False) -> None:
    """Counts one attempt against every limit of the action; the caller goes on or is refused.

    ``person_key`` is any stable name of the person (a contact's key, a receipt's number) and is
    kept as a hash. ``strict`` is for what passed without a script.

    Raises:
        TooMany: one of the limits is used up; the narrowest says when to come again.
    """
    named = list(_limits_of(action, address, person_key, strict))
    _counter(settings.THROTTLE_STORAGE).require(_hit, named)


def check_left(*, action: str, address: str, person_key: str = "") -> None:
    """The same without counting, for what counts only when it has failed (``check_limits`` then).

    Raises:
        TooMany: one of the limits is used up.
    """
    named = list(_limits_of(action, address, person_key, strict=False))
    _counter(settings.THROTTLE_STORAGE).require(_look, named)


def _limits_of(action: str, address: str, person_key: str, strict: bool) -> Iterator[Named]:
    """Each limit with its scope and with whom it counts."""
    network = address_range(address)
    names = {"pair": f"{person_key}|{network}", "person": person_key, "range": network}
    for scope, name in names.items():
        if scope != "range" and not person_key:
            continue
        for limit in _limits(action, scope, strict):
            yield limit, (action, scope, _hashed(name))


def reset_limits() -> None:
    """Forgets what this process has counted and connects anew; for tests."""
    _counter.cache_clear()


class Counter:
    """Counts in the shared store, and in memory and more strictly while that is away."""

    def __init__(self, uri: str) -> None:
        self._memory = FixedWindowRateLimiter(MemoryStorage())
        self._away_until = -math.inf
        self._shared = FixedWindowRateLimiter(_storage(uri))

    def require(self, how: Question, named: Sequence[Named]) -> None:
        """Raises TooMany where one is used up. A store that fails is not asked for a while."""
        if time.monotonic() >= self._away_until:
            try:
                return _require(how, self._shared, named)
            except (StorageError, RedisError) as error:
                cause = type(getattr(error, "storage_error", error)).__name__
                logger.warning("The throttle's store is away, counting in memory: %s", cause)
                self._away_until = time.monotonic() + RETRY_SECONDS
        return _require(how, self._memory, [(_stricter(limit), name) for limit, name in named])


def _stricter(limit: RateLimitItem) -> RateLimitItem:
    return type(limit)(max(1, limit.amount // FALLBACK_SHARE), limit.multiples)


def _require(how: Question, limiter: FixedWindowRateLimiter, named: Sequence[Named]) -> None:
    if spent := how(limiter, named):
        limit, name = spent
        reset = limiter.get_window_stats(limit, *name).reset_time
        raise TooMany(math.ceil(reset - time.time()))


def _hit(limiter: FixedWindowRateLimiter, named: Sequence[Named]) -> Named | None:
    """One attempt against each, up to the first that is used up."""
    if not isinstance(limiter.storage, RedisStorage):
        return next((one for one in named if not limiter.hit(one[0], *one[1])), None)
    store = limiter.storage
    keys = [store.prefixed_key(limit.key_for(*name)) for limit, name in named]
    bounds = [bound for limit, _name in named for bound in (limit.get_expiry(), limit.amount)]
    spent = int(_script(store)(keys, bounds))
    return named[spent - 1] if spent else None


def _look(limiter: FixedWindowRateLimiter, named: Sequence[Named]) -> Named | None:
    """The first against which the next attempt would fail; nothing is counted."""
    return next((one for one in named if not limiter.test(one[0], *one[1])), None)


@lru_cache(maxsize=4)
def _script(store: RedisStorage) -> Any:
    return store.get_connection().register_script(_HIT_ALL)


@lru_cache(maxsize=4)
def _counter(uri: str) -> Counter:
    return Counter(uri)


def _storage(uri: str) -> Any:
    """The store behind the address; a Redis that doesn't answer is given up at once."""
    if not uri.startswith("redis"):
        return storage_from_string(uri)
    quick = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
    return storage_from_string(uri, wrap_exceptions=True, **quick)


def _limits(action: str, scope: str, strict: bool) -> list[RateLimitItem]:
    """The limits of an action and scope; the strict ones where it has any."""
    table = {**LIMITS[action], **getattr(settings, "THROTTLE_LIMITS", {}).get(action, {})}
    written = table.get(f"strict_{scope}" if strict else scope) or table.get(scope, [])
    return [_parsed(text) for text in written]


@lru_cache(maxsize=64)
def _parsed(text: str) -> RateLimitItem:
    return parse(text)


def _hashed(name: str) -> str:
    """A name that tells nothing to who reads the store."""
    digest = hmac.new(settings.PERSON_KEY.encode(), name.encode(), hashlib.sha256)
    return digest.hexdigest()[:32]
