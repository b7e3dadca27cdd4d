"""Says in the admin why a page can't go public, before the gate has to refuse it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from wagtail.admin import messages
from wagtail.models import Page

from publishing.gates import Blocker, PublishGate


def blockers_of(page: Any) -> list[Blocker]:
    """What keeps the page from going public now; nothing for a page to go live at a later time."""
    if not isinstance(page, PublishGate):
        return []
    go_live_at = getattr(page, "go_live_at", None)
    if go_live_at and go_live_at > timezone.now():
        return []
    return page.all_blockers()


def pages_to_publish(pages: Iterable[Page], *, with_descendants: bool) -> list[Any]:
    """The pages as they would go public: their latest revisions, and those of drafts below."""
    chosen = list(pages)
    if with_descendants:
        chosen += [
            below
            for page in pages
            for below in page.get_descendants().not_live().specific().iterator()
        ]
    return [page.get_latest_revision_as_object() for page in chosen]


def tell_missing(request: HttpRequest, page: Any, blockers: list[Blocker]) -> None:
    """An error message with the list of what is missing."""
    items = format_html_join("", "<li>{}</li>", ((blocker.message,) for blocker in blockers))
    title = page.get_admin_display_title()
    messages.error(request, format_html("“{}”还不能发布，已存为草稿：<ul>{}</ul>", title, items))
