from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from openday import hearing_menus, log_actions
from openday.access import ROLE_RIGHTS
from openday.models import Registration, Session, Suggestion
from publishing.enums import Role
from publishing.unit_policy import UnitPermissionPolicy

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


hooks.register("register_admin_urls", hearing_menus.addresses)
hooks.register("register_admin_menu_item", hearing_menus.menu_item)
hooks.register("register_page_header_buttons", hearing_menus.header_buttons)
hooks.register("register_page_listing_more_buttons", hearing_menus.listing_buttons)
