"""What the screens and reports of events show of the bridge to the register of opinions."""

from typing import Any

from django import template
from django.template import Context

from consultation.access import VIEW, may
from openday.access import SUGGEST
from openday.access import may as may_at_event
from openday.models import EventPage, HearingStatement, Suggestion
from portal.opinion_bridge import CHANNELS, answered_in, events_with_words, opinion_of
from portal.opinion_bridge import register_targets as targets_of

register = template.Library()


@register.simple_tag(takes_context=True)
def register_targets(context: Context, event: EventPage) -> Any:
    """The drafts and clauses that statements can be handed over to, asked once a page."""
    return targets_of(event, context["request"].user)


@register.inclusion_tag("portal/hand_over_statement.html", takes_context=True)
def hand_over(context: Context, statement: HearingStatement, targets: Any) -> dict[str, Any]:
    """One statement's opinion in the register, or the way there."""
    opinion = opinion_of(statement)
    return {
        "statement": statement,
        "opinion": opinion,
        "may_view": opinion is not None and may(context["request"].user, VIEW, opinion.draft),
        "targets": targets,
        "settled": bool(statement.confirmed_on or statement.remark),
        "may_change": context.get("may_change"),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def hand_over_ways(context: Context) -> list[EventPage]:
    """The events whose suggestions wait to become opinions, for the list of suggestions."""
    return list(events_with_words(context["request"].user)[:5])


@register.inclusion_tag("portal/suggestion_opinion.html", takes_context=True)
def suggestion_opinion(context: Context, suggestion: Suggestion) -> dict[str, Any]:
    """Which opinion a suggestion became and what was decided on it, or the way there."""
    user, event = context["request"].user, suggestion.event
    opinion = opinion_of(suggestion)
    return {
        "suggestion": suggestion,
        "opinion": opinion,
        "may_view": opinion is not None and may(user, VIEW, opinion.draft),
        "may_hand_over": event.kind in CHANNELS and may_at_event(user, SUGGEST, event),
    }


@register.simple_tag
def with_opinions(suggestions: list[dict[str, Any]], event: EventPage) -> list[dict[str, Any]]:
    """The rows of a report, each with the page on which its opinion is answered, as ``seen_at``."""
    pages = answered_in(event)
    return [{**row, "seen_at": pages.get(row["number"])} for row in suggestions]
