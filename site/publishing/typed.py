"""What an editor's browser sends, without what nobody can see (``publishing.text``).

Cleaned as it comes in, before any field, row or block reads it. Rich texts and tables come as JSON,
in which half an emoji, left over from deleting, is a legal text that no database takes.
"""

import json
from typing import Any

from django.http import QueryDict

from publishing.text import clean_text, without_gaps


def clean_typed(data: QueryDict) -> QueryDict:
    """A copy with every value cleaned."""
    cleaned = data.copy()
    for name, values in data.lists():
        cleaned.setlist(name, [_clean(value) for value in values])
    return cleaned


def _clean(value: str) -> str:
    if not value.startswith("{"):
        return clean_text(value)
    try:
        said = json.loads(value)
    except (ValueError, RecursionError):
        return clean_text(value)
    # A rich text names places by counting signs, so none may go; its HTML is cleaned later.
    is_rich = isinstance(said, dict) and "blocks" in said
    cleaned = _walk(said, without_gaps if is_rich else clean_text)
    return value if cleaned == said else json.dumps(cleaned, ensure_ascii=False)


def _walk(node: Any, clean: Any) -> Any:
    if isinstance(node, str):
        return clean(node)
    if isinstance(node, list):
        return [_walk(one, clean) for one in node]
    if isinstance(node, dict):
        return {clean(name): _walk(one, clean) for name, one in node.items()}
    return node
