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


def form_of(page: InterpretationPage, *, is_new: bool = False, **changes: str) -> dict[str, str]:
    """All fields and rows of the page as they are; ``changes``: by the names of the form.
    ``is_new``: for a page that is just being made of the same content."""
    plain = {name: getattr(page, name) for name in ("title", "slug", "summary", *_REASONS)}
    fields = {
        **plain,
        "unit": page.unit_id or "",
        **{element.value: rich_text(page.element(element)) for element in Element},
        **dict.fromkeys(_PROMOTED, ""),
        "subjects": _rows(page.subjects.all(), ("subject_id",), is_new),
        "changes": _rows(page.changes.all(), ("before", "after", "clause", "since"), is_new),
        "comments": inline_formset([]),
        "body": posted(page.body.stream_block, page.body.raw_data),
    }
    data = {key: str(value) for key, value in nested_form_data(fields).items()}
    return {**data, **changes}


def _rows(rows: Any, names: tuple[str, ...], is_new: bool) -> dict[str, Any]:
    """The rows of a child relation; those that are stored are named."""
    typed = [
        {
            **{name.removesuffix("_id"): getattr(row, name) for name in names},
            "id": "" if is_new else row.pk or "",
        }
        for row in rows
    ]
    data: dict[str, Any] = inline_formset(typed, initial=0 if is_new else len(typed))
    return data


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
        return json.dumps({**raw, "table_header_choice": "row"})
    return "on" if raw is True else raw or ""


def _child(block: Any, row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row.get("id") or "", "value": posted(block, row["value"])}


def _numbered(rows: list[dict[str, Any]]) -> dict[str, Any]:
    named = {str(at): {**row, "order": str(at), "deleted": ""} for at, row in enumerate(rows)}
    return {"count": str(len(rows)), **named}
