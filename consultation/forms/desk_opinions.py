"""What staff fill in about opinions. Each form gets the opinions it is about."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from consultation.models import DecisionDraftPage, Opinion, ReasonTemplate, Response
from consultation.models.opinion import MAX_LENGTH
from publishing.text_fields import TextField

MOST_PARTS = 50
_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n\s*")


class WithholdForm(forms.Form):
    """Why an opinion's text is not to be made public."""

    note = TextField(
        label=_("不予公开的理由"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("如涉及他人隐私、人身攻击。意见仍然计数并办理，公布时不显示内容。"),
        error_messages={"required": _("不予公开必须填写理由。")},
    )


class SplitForm(forms.Form):
    """The text with a blank line wherever a new opinion begins."""

    texts = TextField(
        label=_("拆分为"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("在要拆开的地方空一行，每一段成为一条意见；原意见的编号和内容保留。"),
        error_messages={"required": _("请填写拆分后的意见。")},
    )

    def clean_texts(self) -> list[str]:
        """The parts, each of a length that an opinion may have."""
        parts = [part.strip() for part in _BLANK_LINE.split(self.cleaned_data["texts"])]
        long = [n for n, part in enumerate(parts, start=1) if len(part) > MAX_LENGTH]
        if long:
            message = _("第%(n)s段超过%(limit)s字，请再拆开。")
            raise ValidationError(message, params={"n": long[0], "limit": MAX_LENGTH})
        if len(parts) > MOST_PARTS:
            message = _("一次最多拆成%(limit)s条，现在有%(count)s段，请合并一些。")
            raise ValidationError(message, params={"limit": MOST_PARTS, "count": len(parts)})
        return [part for part in parts if part]


class GroupForm(forms.Form):
    """Which response opinions go into: one that is there, or a new one with its summary."""

    response = forms.ModelChoiceField(
        label=_("归入"),
        queryset=Response.objects.none(),
        required=False,
        empty_label=_("新建一条归纳意见"),
    )
    summary = TextField(
        label=_("新归纳意见的内容"),
        required=False,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("留空则用编号最小的一条意见的原文；不予公开的意见不用原文。"),
    )

    def __init__(self, *args: Any, draft: DecisionDraftPage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if draft is not None:
            self.fields["response"].queryset = draft.responses.order_by("number")  # type: ignore[attr-defined] # a ModelChoiceField


def reason_templates(draft: DecisionDraftPage) -> QuerySet[ReasonTemplate]:
    """The templates of the draft's unit, and those for all units."""
    return ReasonTemplate.objects.filter(Q(unit=None) | Q(unit=draft.unit_id))


def step_forms(opinion: Opinion) -> dict[str, forms.Form]:
    """The forms of an opinion's page before anything is typed."""
    return {
        "withhold": WithholdForm(initial={"note": opinion.review_note}, prefix="withhold"),
        "split": SplitForm(initial={"texts": opinion.text}, prefix="split"),
        "group": GroupForm(draft=opinion.draft, prefix="group"),
    }
