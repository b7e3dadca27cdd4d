"""What is the same for every visitor, kept in the process until something is published.

A public request asks the database a dozen times for what hardly ever changes: which site this is,
its profile and menu, the pages on the way to the one that is wanted. Within one generation (the
time between two publications, see ``portal.page_cache``) the answers are kept, for thirty seconds
at most, as long as a public page may be shown from a cache. Outside of public requests, in the
admin, in tasks and commands, nothing is kept.

What is kept is shared by threads: look, don't change.
"""

import time
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")

SECONDS = 30
MOST = 2_000
"""How many things a process keeps; beyond that it begins anew."""

generation: ContextVar[str] = ContextVar("generation", default="")
"""The name of the generation in which the request came in; empty where nothing is kept."""

_kept: dict[tuple[Hashable, ...], tuple[float, Any]] = {}


def kept(*name: Hashable, make: Callable[[], T]) -> T:
    """The thing of that name in this generation; made where it isn't there. None is not kept."""
    known = generation.get()
    if not known:
        return make()
    key = (known, *name)
    until, thing = _kept.get(key, (0.0, None))
    if until > time.monotonic():
        return cast(T, thing)
    made = make()
    if made is not None:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = (time.monotonic() + SECONDS, made)
    return made
