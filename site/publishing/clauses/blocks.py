"""The StreamField of clauses: plain text, one block a clause, its identity the block's id.

Plain text and not rich text, so that a document of two hundred clauses opens in the editor at
once. The block id is kept by Wagtail across edits; ``matching`` keeps it across imports.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from publishing.clauses.clause import ClauseText, Row

_LABEL = {"required": False, "max_length": 40}


class StoredFormBlock(blocks.StructBlock):
    """Reads from the browser what it would store: LF in texts, a level as a number.

    Wagtail compares what a form sent with what is stored to know whether anything changed. If an
    untouched clause counted as changed, saving would make a new version, and an approval, which
    holds for the content that was approved, would never come to an end.
    """

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        value = super().value_from_datadict(data, files, prefix)
        for name, given in value.items():
            if name == "level" and isinstance(given, str) and given.isdecimal():
                value[name] = int(given)
            elif isinstance(given, str):
                value[name] = given.replace("\r\n", "\n")
        return value


class ClauseBlock(StoredFormBlock):
    """A clause that people can speak to."""

    label = blocks.CharBlock(label=_("序号"), help_text=_("如“第三条”“（一）”。"), **_LABEL)
    heading = blocks.CharBlock(label=_("条标"), required=False)
    text = blocks.TextBlock(label=_("内容"), required=False, rows=3)
    level = blocks.IntegerBlock(label=_("层级"), default=1, min_value=0, max_value=9)

    class Meta:
        icon = "list-ul"
        label = _("条款（可提意见）")
        template = "publishing/clauses/clause.html"
        description = _("公众可以对它提意见的一条。")
        preview_value = {
            "label": "第一条",
            "heading": "",
            "text": "为方便居民办事，制定本办法。",
            "level": 1,
        }
        label_format = "{label} {heading}"


class HeadingBlock(StoredFormBlock):
    """A heading that structures the text; not commentable by itself."""

    label = blocks.CharBlock(label=_("序号"), **_LABEL)
    heading = blocks.CharBlock(label=_("标题"), required=False)
    level = blocks.IntegerBlock(label=_("层级"), default=1, min_value=0, max_value=9)

    class Meta:
        icon = "title"
        label = _("章节标题")
        template = "publishing/clauses/heading.html"
        description = _("编、章、节或“一、”这样的标题。")
        preview_value = {"label": "第一章", "heading": "总则", "level": 1}
        label_format = "{label} {heading}"


class ParagraphBlock(StoredFormBlock):
    """Text that belongs to no clause: the opening words, a signature, a note."""

    text = blocks.TextBlock(label=_("内容"), rows=3)

    class Meta:
        icon = "pilcrow"
        label = _("段落")
        template = "publishing/clauses/paragraph.html"
        description = _("不单独提意见的文字，如开头的话、落款、说明。")
        preview_value = {"text": "根据有关规定，结合本镇实际，制定本方案。"}


class ClauseTableBlock(StoredFormBlock):
    """A table, commentable as a whole. Later rows equal to the first are its repeated header."""

    label = blocks.CharBlock(label=_("序号"), **_LABEL)
    heading = blocks.CharBlock(label=_("表题"), required=False)
    table = TableBlock(
        label=_("表格"),
        table_options={"renderer": "text", "language": "zh-CN", "minSpareRows": 0},
    )

    class Meta:
        icon = "table"
        label = _("表格")
        template = "publishing/clauses/table.html"
        description = _("整张表格作为一个整体提意见。")
        preview_value = {
            "heading": "办理时限",
            "table": {
                "data": [["事项", "时限"], ["办证", "3日"]],
                "first_row_is_table_header": True,
            },
        }


class ClauseStreamBlock(blocks.StreamBlock):
    """The body of a draft."""

    clause = ClauseBlock()
    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    table = ClauseTableBlock()


class PolicyStreamBlock(ClauseStreamBlock):
    """The body of a policy: the same, in words for a text on which no opinions are asked."""

    clause = ClauseBlock(label=_("条款"), description=_("有自己的链接、可以被解读引用的一条。"))
    paragraph = ParagraphBlock(description=_("不属于任何一条的文字，如开头的话、落款、说明。"))
    table = ClauseTableBlock(description=_("一张表格，作为一个整体引用。"))


def clauses_of(stream: Any) -> list[ClauseText]:
    """The flat form of a StreamField value, in order, with the block ids as identities."""
    return [_clause_of(child) for child in stream]


def _clause_of(child: Any) -> ClauseText:
    value = child.value
    rows: tuple[Row, ...] = ()
    if child.block_type == "table":
        rows = _rows_of(value.get("table") or {})
    return ClauseText(
        id=str(child.id or uuid.uuid4()),
        kind=child.block_type,
        label=value.get("label", "") or "",
        heading=value.get("heading", "") or "",
        text=value.get("text", "") or "",
        level=value.get("level", 0) or 0,
        commentable=child.block_type in {"clause", "table"},
        rows=rows,
    )


def _rows_of(table: dict[str, Any]) -> tuple[Row, ...]:
    cells = [tuple(str(cell or "") for cell in row) for row in table.get("data") or []]
    has_header = bool(table.get("first_row_is_table_header"))
    return tuple(
        Row(
            cells=row,
            header=has_header and row == cells[0],
            repeated=has_header and number > 0 and row == cells[0],
        )
        for number, row in enumerate(cells)
    )


def raw_stream(clauses: Iterable[ClauseText]) -> list[dict[str, Any]]:
    """The raw data of a StreamField that holds the clauses, identities kept."""
    return [
        {"type": clause.kind, "id": clause.id, "value": _raw_value(clause)} for clause in clauses
    ]


def _raw_value(clause: ClauseText) -> dict[str, Any]:
    if clause.kind == "paragraph":
        return {"text": clause.text}
    if clause.kind == "heading":
        return {"label": clause.label, "heading": clause.heading, "level": clause.level}
    if clause.kind == "table":
        width = max((len(row.cells) for row in clause.rows), default=0)
        data = [[*row.cells, *[""] * (width - len(row.cells))] for row in clause.rows]
        header = bool(clause.rows) and clause.rows[0].header
        table = {"data": data, "first_row_is_table_header": header, "first_col_is_header": False}
        return {"label": clause.label, "heading": clause.heading, "table": table}
    return {
        "label": clause.label,
        "heading": clause.heading,
        "text": clause.text,
        "level": clause.level,
    }
