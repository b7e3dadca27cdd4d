"""How the factories put a page into the tree."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_once(page: Any) -> Iterator[None]:
    """What the page refers to is written down when it is whole. Wagtail does so with every row that
    belongs to it, again with each step: a fifth of the time of all units."""
    with disable_reference_index_auto_update():
        yield
    ReferenceIndex.create_or_update_for_object(page)


def put(page: Any, below: Page, *, live: bool = True) -> Any:
    """Add it, save it as a revision, publish that if it is to be ``live``; as it is stored then."""
    with indexed_once(page):
        below.add_child(instance=page)
        revision = page.save_revision()
    if live:
        with disable_reference_index_auto_update():
            revision.publish()
    return type(page).objects.get(pk=page.pk)
