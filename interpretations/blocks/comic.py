from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from interpretations.blocks.clause_choice import clauses_block
from interpretations.blocks.lacking import AskedBlock, newest_picture, wrong_picture
from publishing.clauses.blocks import StoredFormBlock

_PREVIEW = (
    {"lines": [{"who": "周师傅", "words": "集市上停车要钱吗？"}], "description": ""},
    {
        "lines": [{"who": "工作人员", "words": "前两小时免费。"}],
        "description": "图里说的话，都写在图的下面。",
    },
)
ALT = _("看不见图的人会听到这句话：谁在哪里做什么。不要写文件名。")


class LineBlock(StoredFormBlock):
    """What one person of the picture says."""

    who = blocks.CharBlock(label=_("谁说"), required=False, max_length=20)
    words = blocks.CharBlock(label=_("说什么"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("一句话")
        label_format = "{who}：{words}"


class PanelBlock(StoredFormBlock):
    """One picture of a comic, with all that is said in it: readers get it as text, too."""

    image = ImageChooserBlock(label=_("图片"), required=False)
    alt = blocks.CharBlock(label=_("替代文字"), required=False, max_length=200, help_text=ALT)
    lines = blocks.ListBlock(LineBlock(), label=_("对话"), default=[], required=False)
    description = blocks.TextBlock(label=_("说明"), required=False, rows=2, max_length=500)
    clauses = clauses_block()

    class Meta:
        icon = "image"
        label = _("一格")
        label_format = "{alt}"


class ComicBlock(AskedBlock):
    """图文漫画: panels one below the other, or one a screen."""

    title = blocks.CharBlock(label=_("标题"), required=False, max_length=80)
    panels = blocks.ListBlock(PanelBlock(), label=_("画格"), default=[], required=False)

    class Meta:
        icon = "image"
        label = _("图文漫画")
        template = "interpretations/blocks/comic.html"
        description = _("一格一格的图，图里说的话也写成文字，适合手机看。")
        label_format = "{title}"

    def get_preview_value(self) -> Any:
        """Two panels with the newest picture there is; without one their words alone."""
        picture = newest_picture()
        shown = [{"image": picture, "alt": "示例图片", "clauses": [], **told} for told in _PREVIEW]
        return self.normalize({"title": "停车新规，看图就懂", "panels": shown})

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        if not value["title"].strip():
            yield f"{name}缺少标题。"
        if not value["panels"]:
            yield f"{name}一格也没有。"
        for number, panel in enumerate(value["panels"], 1):
            place = f"{name}第{number}格"
            yield from wrong_picture(panel, place)
            if any(not line["words"].strip() for line in panel["lines"]):
                yield f"{place}有一句对话是空的。"
