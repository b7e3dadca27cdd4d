from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from interpretations.blocks.clause_choice import clauses_block
from interpretations.blocks.lacking import AskedBlock, is_empty
from interpretations.enums import CaseKind

_PARTS = {"who": "人物", "what": "经过", "result": "结果"}


class StoryBlock(AskedBlock):
    """事例讲解: how one person fares under the policy. Readers are told whether it happened."""

    kind = blocks.ChoiceBlock(
        label=_("案例类别"),
        choices=CaseKind.choices,
        required=False,
        help_text=_("真实案例须经本人同意，并隐去姓名、住址等。"),
    )
    title = blocks.CharBlock(label=_("标题"), required=False, max_length=80)
    who = blocks.TextBlock(label=_("人物"), required=False, rows=2, max_length=300)
    what = blocks.TextBlock(label=_("经过"), required=False, rows=4, max_length=2000)
    result = blocks.TextBlock(label=_("结果"), required=False, rows=2, max_length=1000)
    clauses = clauses_block()

    class Meta:
        icon = "user"
        label = _("事例讲解")
        template = "interpretations/blocks/story.html"
        description = _("用一个人的事讲清政策怎样执行，注明是真实案例还是情景案例。")
        preview_value = {
            "kind": CaseKind.COMPOSED,
            "title": "周师傅赶集",
            "who": "开三轮车卖菜的周师傅",
            "what": "集市日一早到，把车停在集市停车场。",
            "result": "卖到中午，停了两小时，没有花钱。",
            "clauses": [],
        }
        label_format = "{title}"

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        if not value["kind"]:
            yield f"{name}没有注明是真实案例还是情景案例。"
        if not value["title"].strip():
            yield f"{name}缺少标题。"
        for field, label in _PARTS.items():
            if is_empty(value[field]):
                yield f"{name}没有写{label}。"
