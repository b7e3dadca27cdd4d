from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock

from interpretations.blocks.clause_choice import clauses_block
from interpretations.blocks.comic import ALT
from interpretations.blocks.lacking import AskedBlock, is_empty, wrong_picture
from interpretations.charting import bars_of, table_rows

TABLE_OPTIONS = {"renderer": "text", "language": "zh-CN", "minSpareRows": 0}

# Wagtail asks for the place of the headers; here it is always the first row.
TABLE_DEFAULT = {
    "data": [["", ""], ["", ""], ["", ""]],
    "table_header_choice": "row",
    "first_row_is_table_header": True,
    "first_col_is_header": False,
}


class InfographicBlock(AskedBlock):
    """图解: a picture or a chart, its data as a table, and the same in words."""

    title = blocks.CharBlock(label=_("标题"), required=False, max_length=80)
    image = ImageChooserBlock(label=_("图片"), required=False)
    alt = blocks.CharBlock(label=_("替代文字"), required=False, max_length=200, help_text=ALT)
    table = TableBlock(
        label=_("数据"),
        required=False,
        table_options=TABLE_OPTIONS,
        default=TABLE_DEFAULT,
        help_text=_("第一行是表头，第一列是名称，其余是数。"),
    )
    with_chart = blocks.BooleanBlock(
        label=_("用数据画条形图"), required=False, help_text=_("图由系统画，改了数据图跟着变。")
    )
    text = blocks.TextBlock(
        label=_("文字说明"),
        required=False,
        rows=3,
        max_length=2000,
        help_text=_("把图和数据要说的意思写成话。"),
    )
    clauses = clauses_block()

    class Meta:
        icon = "table"
        label = _("图解")
        template = "interpretations/blocks/infographic.html"
        description = _("一张图或由数据画成的图，数据列成表，意思写成文字。")
        preview_value: dict[str, Any] = {
            "title": "新增多少车位",
            "image": None,
            "alt": "",
            "table": {
                "data": [["地点", "车位（个）"], ["集市停车场", "150"], ["路内停车位", "120"]],
                "first_row_is_table_header": True,
            },
            "with_chart": True,
            "text": "集市停车场最多，有一百五十个。",
            "clauses": [],
        }
        label_format = "{title}"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        rows = table_rows(value.get("table"))
        return context | {
            "head": rows[:1],
            "rows": rows[1:],
            "chart": bars_of(rows) if value.get("with_chart") else None,
        }

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        rows = table_rows(value["table"])
        if not value["title"].strip():
            yield f"{name}缺少标题。"
        if value["image"]:
            yield from wrong_picture(value, name)
        elif not value["with_chart"]:
            yield f"{name}既没有图片，也没有用数据画图。"
        if len(rows) < 2:
            yield f"{name}缺少数据表。"
        elif value["with_chart"] and bars_of(rows) is None:
            yield f"{name}的数据画不成图：第一列写名称，其余各列写数，至多三列，不能是负数。"
        if is_empty(value["text"]):
            yield f"{name}缺少文字说明。"
