"""Which joint releases a member of staff may see or touch: by unit."""

from typing import Any

from django.db.models import QuerySet

from interpretations.models import ReleaseBundle
from publishing.enums import Role
from publishing.unit_policy import unit_ids

VIEW = "interpretations.view_releasebundle"
ADD = "interpretations.add_releasebundle"
CHANGE = "interpretations.change_releasebundle"
PUBLISH = "interpretations.publish_releasebundle"
EXEMPT = "interpretations.add_interpretationexemption"

_WRITE = [VIEW, ADD, CHANGE]
ROLE_RIGHTS = {
    Role.EDITOR: _WRITE,
    Role.REVIEWER: [*_WRITE, PUBLISH, EXEMPT],
    Role.FRONT_DESK: [],
}
"""What each role may do in its unit (see ``publishing.services.equip_unit``)."""


def bundles_for(user: Any, permission: str) -> QuerySet[ReleaseBundle]:
    """The releases of the units in which the user holds the permission, the latest first."""
    rows = ReleaseBundle.objects.select_related("unit").order_by("-pk")
    units = unit_ids(user, permission)
    return rows if units is None else rows.filter(unit__in=units)


def may(user: Any, permission: str, unit_id: int | None) -> bool:
    """Whether the user holds the permission in the unit."""
    units = unit_ids(user, permission)
    return units is None or unit_id in units
