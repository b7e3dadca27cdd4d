from typing import Any

from django import template

from interpretations.mentions import anchor

register = template.Library()


@register.inclusion_tag("interpretations/parts/clause_links.html", takes_context=True)
def clause_links(context: dict[str, Any], ids: Any) -> dict[str, Any]:
    """The ways from a part to the clauses that it explains; those that nobody can read are left
    out. A clause that changed since is named (内容待更新)."""
    names = context.get("clause_names") or {}
    found = [names[one] for one in ids or () if one in names]
    marks = context.get("stale_marks") or {}
    own = [str(one.id) for one in getattr(ids, "bound_blocks", ())]
    stale = [marks[key] for key in own if key in marks]
    return {"links": found, "stale": stale, "request": context.get("request")}


@register.filter
def as_anchor(block_id: Any) -> str:
    """The id of the element that shows the block."""
    return anchor(block_id)
