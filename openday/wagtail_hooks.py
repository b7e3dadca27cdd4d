from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from openday import check_in_urls, log_actions
from openday.access import CHECK_IN, ROLE_RIGHTS
from openday.models import Registration, Session, Suggestion
from publishing.enums import Role
from publishing.unit_policy import UnitPermissionPolicy, unit_ids

register_permission_policy(
    Registration, UnitPermissionPolicy(Registration, unit_path="session__event__unit")
)
register_permission_policy(Session, UnitPermissionPolicy(Session, unit_path="event__unit"))
register_permission_policy(Suggestion, UnitPermissionPolicy(Suggestion, unit_path="event__unit"))


@hooks.register("register_unit_rights")
def unit_rights() -> dict[Role, list[str]]:
    return ROLE_RIGHTS


@hooks.register("register_log_actions")
def audit_trail(actions: LogActionRegistry) -> None:
    log_actions.register(actions)


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
    return DoorMenuItem(_("现场签到"), address, name="check-in", icon_name="check", order=165)
