"""What stands between the forms: words, a quotation, a table, a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from interpretations.blocks.infographic import TABLE_DEFAULT, TABLE_OPTIONS
from interpretations.blocks.lacking import AskedBlock, is_empty
from interpretations.charting import table_rows


class WordsBlock(AskedBlock):
    """文字."""

    text = blocks.RichTextBlock(
        label=_("文字"), required=False, features=["h3", "bold", "ol", "ul", "link"]
    )

    class Meta:
        icon = "pilcrow"
        label = _("文字")
        template = "interpretations/blocks/words.html"
        description = _("一段普通文字。")
        preview_value = {"text": "<p>新规从下个月一日起执行。</p>"}

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        if is_empty(value["text"]):
            yield f"{name}是空的：请写文字，或删去这一块。"


class QuoteBlock(AskedBlock):
    """引语."""

    words = blocks.TextBlock(label=_("引语"), required=False, rows=2, max_length=500)
    source = blocks.CharBlock(label=_("谁说的，或出处"), required=False, max_length=80)

    class Meta:
        icon = "openquote"
        label = _("引语")
        template = "interpretations/blocks/quote.html"
        description = _("原话和出处。")
        preview_value = {"words": "停车不难，赶集才旺。", "source": "镇规划建设办公室"}

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        if is_empty(value["words"]):
            yield f"{name}是空的。"
        if is_empty(value["source"]):
            yield f"{name}没有写出处。"


class PlainTableBlock(AskedBlock):
    """表格."""

    caption = blocks.CharBlock(label=_("表题"), required=False, max_length=80)
    table = TableBlock(
        label=_("表格"), required=False, table_options=TABLE_OPTIONS, default=TABLE_DEFAULT
    )

    class Meta:
        icon = "table"
        label = _("表格")
        template = "interpretations/blocks/table.html"
        description = _("一张表格，第一行是表头。")
        preview_value = {
            "caption": "办理时限",
            "table": {"data": [["事项", "时限"], ["办证", "3日"]]},
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        rows = table_rows(value.get("table"))
        return context | {"head": rows[:1], "rows": rows[1:]}

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        if is_empty(value["caption"]):
            yield f"{name}缺少表题。"
        if len(table_rows(value["table"])) < 2:
            yield f"{name}是空的。"


class FileBlock(AskedBlock):
    """附件."""

    title = blocks.CharBlock(label=_("附件名称"), required=False, max_length=120)
    document = DocumentChooserBlock(label=_("文件"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("附件")
        template = "interpretations/blocks/document.html"
        description = _("可以下载的文件，如申请表。")

    def get_preview_value(self) -> Any:
        """The newest file, if there is one."""
        newest = get_document_model().objects.order_by("pk").last()
        return self.normalize({"title": "申请表", "document": newest})

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        if not value["document"]:
            yield f"{name}没有选文件。"
        if is_empty(value["title"]):
            yield f"{name}缺少名称。"
