"""What the editor's form posts for an interpretation, whatever blocks it has."""

import json
from typing import Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from interpretations.enums import Element
from interpretations.models import InterpretationPage

_REASONS = [f"{element.value}_why_not" for element in Element]
_PROMOTED = ("seo_title", "search_description", "content_source", "keywords")


def form_of(page: InterpretationPage, **changes: str) -> dict[str, str]:
    """All fields and rows of the page as they are; ``changes``: by the names of the form."""
    plain = {name: getattr(page, name) for name in ("title", "slug", "summary", *_REASONS)}
    fields = {
        **plain,
        "unit": page.unit_id or "",
        **{element.value: rich_text(page.element(element)) for element in Element},
        **dict.fromkeys(_PROMOTED, ""),
        "subjects": inline_formset([{"subject": row.subject_id} for row in page.subjects.all()]),
        "changes": inline_formset(
            [
                {name: getattr(row, name) for name in ("before", "after", "clause", "since")}
                for row in page.changes.all()
            ]
        ),
        "comments": inline_formset([]),
        "body": posted(page.body.stream_block, page.body.raw_data),
    }
    data = {key: str(value) for key, value in nested_form_data(fields).items()}
    return {**data, **changes}


def posted(block: Any, raw: Any) -> Any:
    """A block's raw value as its widgets post it, nested as the names of the form are."""
    if isinstance(block, blocks.StreamBlock):
        children = [(row, block.child_blocks[row["type"]]) for row in raw]
        return _numbered([{"type": row["type"], **_child(child, row)} for row, child in children])
    if isinstance(block, blocks.ListBlock):
        return _numbered([_child(block.child_block, row) for row in raw or []])
    if isinstance(block, blocks.StructBlock):
        return {
            name: posted(child, raw.get(name))
            for name, child in block.child_blocks.items()
            if raw.get(name) or not isinstance(child, blocks.BooleanBlock)
        }
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(raw or "", features=block.features)
    if isinstance(block, TableBlock):
        return json.dumps(raw)
    return "on" if raw is True else raw or ""


def _child(block: Any, row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row.get("id") or "", "value": posted(block, row["value"])}


def _numbered(rows: list[dict[str, Any]]) -> dict[str, Any]:
    named = {str(at): {**row, "order": str(at), "deleted": ""} for at, row in enumerate(rows)}
    return {"count": str(len(rows)), **named}
