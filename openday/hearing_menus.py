"""How staff come to hearings, suggestions, and reports: the menu, and the buttons of an event."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from openday import hearing_urls
from openday.access import SUGGEST, may
from openday.enums import EventKind
from openday.models import EventPage
from publishing.unit_policy import unit_ids


class SuggestionsMenuItem(MenuItem):
    """Shown to who may answer any."""

    def is_shown(self, request: HttpRequest) -> bool:
        return unit_ids(request.user, SUGGEST) != frozenset()


def addresses() -> list[URLPattern | URLResolver]:
    return [path("", include(hearing_urls))]


def menu_item() -> MenuItem:
    return SuggestionsMenuItem(
        _("建议办理"),
        reverse("hearing:suggestions"),
        name="suggestions",
        icon_name="mail",
        order=170,
    )


def header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from _buttons(page, user)


def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from _buttons(page, user)


def _buttons(page: Page, user: Any) -> Iterator[Button]:
    """From an event to its hearing, suggestions, report."""
    if page.specific_class is not EventPage:
        return
    event = page.specific
    if may(user, "openday.view_session", event) and event.kind == EventKind.HEARING:
        address = reverse("hearing:event", args=[event.pk])
        yield Button(_("听证准备和笔录"), url=address, icon_name="group", priority=83)
    if may(user, SUGGEST, event):
        address = f"{reverse('hearing:suggestions')}?event={event.pk}"
        yield Button(_("代表建议"), url=address, icon_name="mail", priority=84)
        address = reverse("hearing:report", args=[event.pk])
        yield Button(_("生成总结"), url=address, icon_name="doc-full", priority=85)
