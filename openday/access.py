"""Which events, sessions and registrations a member of staff may see or touch: by unit."""

from typing import Any

from django.db.models import QuerySet

from openday.models import (
    EventPage,
    Registration,
    RegistrationQuerySet,
    SeatGroup,
    Session,
    Suggestion,
)
from publishing.enums import Role
from publishing.unit_policy import unit_ids

VIEW = "openday.view_registration"
ENTER = "openday.add_registration"
CHANGE = "openday.change_registration"
DECIDE = "openday.decide_registration"
CHECK_IN = "openday.check_in_registration"
EXPORT = "openday.export_registration"
SEATS = "openday.change_session"
SUGGEST = "openday.change_suggestion"
REVEAL = "people.reveal_contact"

_DOOR = [VIEW, ENTER, CHANGE, CHECK_IN]
_AUDIENCES = [f"openday.{action}_audience" for action in ("view", "add", "change")]
_ALL = [*_DOOR, DECIDE, EXPORT, SEATS, "openday.view_session", SUGGEST, "openday.view_suggestion"]

ROLE_RIGHTS = {
    Role.EDITOR: [*_ALL, *_AUDIENCES, REVEAL, "notify.change_message"],
    Role.REVIEWER: [*_ALL, REVEAL],
    Role.FRONT_DESK: [*_DOOR, "openday.view_session", "notify.change_message"],
}
"""What each role may do with seats in its unit (see ``publishing.services.equip_unit``)."""


def events_for(user: Any, permission: str) -> QuerySet[EventPage]:
    """The events of the units in which the user holds the permission, the latest first."""
    events: QuerySet[EventPage] = EventPage.objects.order_by("-latest_revision_created_at", "-pk")
    units = unit_ids(user, permission)
    return events if units is None else events.filter(unit__in=units)


def sessions_for(user: Any, permission: str) -> QuerySet[Session]:
    """The sessions of those units' events, the latest first."""
    rows = Session.objects.select_related("event__unit").order_by("-starts_at", "-pk")
    units = unit_ids(user, permission)
    return rows if units is None else rows.filter(event__unit__in=units)


def registrations_for(user: Any, permission: str) -> RegistrationQuerySet:
    """The registrations for those units' events."""
    return Registration.objects.of_units(unit_ids(user, permission))


def suggestions_for(user: Any, permission: str) -> QuerySet[Suggestion]:
    """Suggestions made at the units' events, and those given to the units to answer."""
    rows = Suggestion.objects.select_related("event", "unit")
    units = unit_ids(user, permission)
    if units is None:
        return rows
    return rows.filter(event__unit__in=units) | rows.filter(unit__in=units)


def groups_for(user: Any, permission: str) -> QuerySet[SeatGroup]:
    """The seat groups of those units' sessions."""
    rows = SeatGroup.objects.select_related("audience", "session__event__unit")
    units = unit_ids(user, permission)
    return rows if units is None else rows.filter(session__event__unit__in=units)


def may(user: Any, permission: str, event: EventPage) -> bool:
    """Whether the user holds the permission in the event's unit."""
    units = unit_ids(user, permission)
    return units is None or event.unit_id in units
