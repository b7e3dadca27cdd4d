from typing import Any

from django import template

from portal.draft_events import events_about

register = template.Library()


@register.inclusion_tag("portal/draft_events.html")
def about_events(page: Any) -> dict[str, Any]:
    """What people can come to, or could, about the page; nothing where there is nothing."""
    return {"events": events_about(page)}
