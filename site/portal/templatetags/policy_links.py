from typing import Any

from django import template

from portal import policy_links

register = template.Library()


@register.simple_tag
def final_texts(draft: Any) -> list[Any]:
    """The public policies that came of the draft."""
    return policy_links.final_texts(draft)


@register.inclusion_tag("portal/policy_origin.html")
def policy_origin(policy: Any) -> dict[str, Any]:
    """The draft and the result behind a policy; nothing where there is nothing public."""
    return {"origin": policy_links.origin_of(policy), "policy": policy}
