from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from openday import check_in_urls, desk_urls, hearing_menus, log_actions
from openday.access import CHECK_IN, ROLE_RIGHTS, VIEW, may
from openday.models import EventPage, Registration, Session, Suggestion
from openday.reviewed_extras import counted_report
from openday.viewsets.audiences import AudienceViewSet
from openday.viewsets.registration_bulk import REGISTRATION_ACTIONS
from openday.viewsets.registrations import RegistrationViewSet
from openday.viewsets.sessions import SessionViewSet
from people.models import Contact
from publishing.enums import Role
from publishing.unit_policy import UnitPermissionPolicy, unit_ids

register_permission_policy(
    Registration, UnitPermissionPolicy(Registration, unit_path="session__event__unit")
)
register_permission_policy(Session, UnitPermissionPolicy(Session, unit_path="event__unit"))
register_permission_policy(Suggestion, UnitPermissionPolicy(Suggestion, unit_path="event__unit"))

for bulk_action in REGISTRATION_ACTIONS:
    hooks.register("register_bulk_action", bulk_action)


class SeatsViewSetGroup(ModelViewSetGroup):
    """The seats' entry in the menu."""

    items = (RegistrationViewSet, SessionViewSet, AudienceViewSet)
    menu_label = _("席位与报名")
    menu_icon = "group"
    menu_order = 160


@hooks.register("register_admin_viewset")
def seats_viewsets() -> SeatsViewSetGroup:
    return SeatsViewSetGroup()


@hooks.register("register_admin_urls")
def seats_addresses() -> list[URLPattern | URLResolver]:
    return [path("", include(desk_urls))]


@hooks.register("register_unit_rights")
def unit_rights() -> dict[Role, list[str]]:
    return ROLE_RIGHTS


@hooks.register("register_call_matters")
def registrations_of(contact: Contact) -> Iterable[Registration]:
    return contact.registrations.select_related("receipt").order_by("pk")


@hooks.register("register_reviewed_extras")
def reviewed_extras(page: Any) -> dict[str, Any] | None:
    return counted_report(page)


@hooks.register("register_log_actions")
def audit_trail(actions: LogActionRegistry) -> None:
    log_actions.register(actions)


@hooks.register("register_page_header_buttons")
def seats_header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from _desk_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def seats_listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from _desk_buttons(page, user)


def _desk_buttons(page: Page, user: Any) -> Iterator[Button]:
    """From an event to its sessions and seats, and to who registered."""
    if page.specific_class is not EventPage:
        return
    event = page.specific
    if may(user, VIEW, event):
        address = reverse("seats:event", args=[event.pk])
        yield Button(_("场次与名额"), url=address, icon_name="date", priority=80)
        rows = f"{reverse('registration:index')}?event={event.pk}"
        yield Button(_("报名办理"), url=rows, icon_name="group", priority=81)


hooks.register("register_admin_urls", hearing_menus.addresses)
hooks.register("register_admin_menu_item", hearing_menus.menu_item)
hooks.register("register_page_header_buttons", hearing_menus.header_buttons)
hooks.register("register_page_listing_more_buttons", hearing_menus.listing_buttons)


@hooks.register("register_admin_urls")
def door_addresses() -> list[URLPattern | URLResolver]:
    return [path("", include(check_in_urls))]


class DoorMenuItem(MenuItem):
    """For those who stand at the door."""

    def is_shown(self, request: Any) -> bool:
        return unit_ids(request.user, CHECK_IN) != frozenset()


@hooks.register("register_admin_menu_item")
def door_menu_item() -> DoorMenuItem:
    address = reverse_lazy("check_in:choose")
    return DoorMenuItem(
        _("现场签到"), address, name="check-in", icon_name="calendar-check", order=165
    )
