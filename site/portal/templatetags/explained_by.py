from typing import Any

from django import template

from portal.explained_by import explaining

register = template.Library()


@register.inclusion_tag("components/explained_by.html", takes_context=True)
def explained_by(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """The public interpretations of a draft, found by what they explain."""
    found = explaining(page, context.get("interpretations") or ())
    return {"interpretations": found, "request": context.get("request")}
