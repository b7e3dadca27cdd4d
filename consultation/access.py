"""Which drafts, opinions and responses a member of staff may see or touch: by unit, everywhere."""

from typing import Any

from django.db.models import QuerySet

from consultation.models import DecisionDraftPage, Opinion, OpinionQuerySet, Response
from publishing.enums import Role
from publishing.models import Unit
from publishing.unit_policy import unit_ids

VIEW = "consultation.view_opinion"
CHANGE = "consultation.change_opinion"
ENTER = "consultation.add_submission"
EXPORT = "consultation.export_opinion"
DECIDE = "consultation.change_response"
REVEAL = "people.reveal_contact"

_TEMPLATES = [f"consultation.{action}_reasontemplate" for action in ("view", "add", "change")]
_HANDLING = [VIEW, CHANGE, EXPORT, DECIDE, REVEAL, "consultation.view_response", *_TEMPLATES]

ROLE_RIGHTS = {
    Role.EDITOR: [
        *_HANDLING,
        ENTER,
        "consultation.delete_reasontemplate",
        "notify.change_message",
    ],
    Role.REVIEWER: _HANDLING,
    Role.FRONT_DESK: [VIEW, ENTER, "notify.change_message"],
}
"""What each role may do with opinions in its unit (see ``publishing.services.set_up_unit``)."""


def units_for(user: Any, permission: str) -> QuerySet[Unit]:
    """The units in which the user holds the permission."""
    units = unit_ids(user, permission)
    return Unit.objects.all() if units is None else Unit.objects.filter(pk__in=units)


def drafts_for(user: Any, permission: str) -> QuerySet[DecisionDraftPage]:
    """The published drafts (a withdrawn page included) of those units, the latest first."""
    drafts: QuerySet[DecisionDraftPage] = DecisionDraftPage.objects.filter(
        first_published_at__isnull=False
    ).order_by("-closing_day", "-pk")
    units = unit_ids(user, permission)
    return drafts if units is None else drafts.filter(unit__in=units)


def opinions_for(user: Any, permission: str) -> OpinionQuerySet:
    """The opinions on those units' drafts.

    Units have tens of drafts and those may have 100,000 opinions: with the drafts' ids at hand the
    database counts by the register's index, without a join.
    """
    units = unit_ids(user, permission)
    found = Opinion.objects.all()
    if units is None:
        return found
    drafts = DecisionDraftPage.objects.filter(unit__in=units)
    return found.filter(draft__in=list(drafts.values_list("pk", flat=True)))


def responses_for(user: Any, permission: str) -> QuerySet[Response]:
    """The responses of those units' drafts."""
    units = unit_ids(user, permission)
    found = Response.objects.all()
    return found if units is None else found.filter(draft__unit__in=units)


def may(user: Any, permission: str, draft: DecisionDraftPage) -> bool:
    """Whether the user holds the permission in the draft's unit."""
    units = unit_ids(user, permission)
    return units is None or draft.unit_id in units
