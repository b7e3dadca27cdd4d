"""What a hearing's screen shows of the bridge to the register of opinions."""

from typing import Any

from django import template
from django.template import Context

from openday.models import EventPage, HearingStatement
from portal.hearing_bridge import register_targets as targets_of

register = template.Library()


@register.simple_tag(takes_context=True)
def register_targets(context: Context, event: EventPage) -> Any:
    """The drafts and clauses that statements can be handed over to, asked once a page."""
    return targets_of(event, context["request"].user)


@register.inclusion_tag("portal/hand_over.html", takes_context=True)
def hand_over(context: Context, statement: HearingStatement, targets: Any) -> dict[str, Any]:
    """One statement's number in the register, or the way there."""
    return {
        "statement": statement,
        "targets": targets,
        "settled": bool(statement.confirmed_on or statement.remark),
        "may_change": context.get("may_change"),
        "csrf_token": context.get("csrf_token"),
    }
