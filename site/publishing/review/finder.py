"""The finder, which another room provides: this one knows texts and pages, not people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wagtail import hooks


@dataclass(frozen=True, slots=True)
class Found:
    """Something that should be seen before it is public. ``label`` says what it is, in Chinese;
    ``key`` is a keyed hash by which the same is known again; the rest as in ``people.finding``."""

    label: str
    key: str
    start: int
    end: int
    written: str
    masked: str
    before: str
    after: str


Finder = Callable[[str], Iterable[Found]]


def find(text: str) -> list[Found]:
    """What the finders find that are registered by the hook ``register_text_finder``: functions
    that return a ``Finder``."""
    found = [one for finder in hooks.get_hooks("register_text_finder") for one in finder()(text)]
    return sorted(found, key=lambda one: one.start)
