"""Which pages go public in one transaction, while that is being done or looked at.

The gates of the pages ask: an interpretation may go public with its policy, a page that a release
holds goes public by that release alone.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

_pages: ContextVar[Any] = ContextVar("released_together", default=MappingProxyType({}))
_decided: ContextVar[frozenset[int]] = ContextVar("decided_together", default=frozenset())


@contextmanager
def released_together(pages: Iterable[Any]) -> Iterator[None]:
    """``pages``: each as it will be public."""
    mark = _pages.set({page.pk: page for page in pages})
    try:
        yield
    finally:
        _pages.reset(mark)


def companion(pk: Any) -> Any | None:
    """The page as it will be, if it goes public now with others; else None."""
    return _pages.get().get(pk)


def companions() -> list[Any]:
    """All pages that go public now together."""
    return list(_pages.get().values())


@contextmanager
def decided_together(pks: Iterable[int]) -> Iterator[None]:
    """While the release takes a step of the review for all its pages."""
    mark = _decided.set(frozenset(pks))
    try:
        yield
    finally:
        _decided.reset(mark)


def is_decided_together(pk: Any) -> bool:
    return pk in _decided.get()
