"""Entering opinions that came by letter, phone, counter, meeting (rules D3, D4, O2)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from consultation.enums import Channel
from consultation.forms.opinions import BaseOpinionFormSet, OpinionFormSet, clause_choices
from consultation.models import DecisionDraftPage
from consultation.services.submissions import SaidOpinion, Sender
from people.entry_form import EntryForm
from people.enums import ContactKind
from people.forms import PhoneField
from people.uploads import CheckedFileField
from publishing.text_fields import LineField

PREFIX = "opinions"
MAX_ROWS = 20
_CHANNELS = [choice for choice in Channel.choices if choice[0] != Channel.WEB]


class OpinionEntryForm(EntryForm):
    """One letter, call or visit with the opinions in it. Who it was may stay open."""

    channel = forms.ChoiceField(label=_("渠道"), choices=_CHANNELS)
    received_on = forms.DateField(
        label=_("收到日期"),
        widget=AdminDateInput(),
        help_text=_("来信以收到当日为准；征集结束后收到的也可以登记。"),
        error_messages={
            "required": _("请填写收到日期。"),
            "invalid": _("日期应写成 2026-01-31 的样子。"),
        },
    )
    kind = forms.ChoiceField(
        label=_("提交人身份"), choices=ContactKind.choices, initial=ContactKind.INDIVIDUAL
    )
    name = LineField(label=_("姓名或单位名称"), required=False, max_length=40)
    phone = PhoneField(required=False, help_text=_("填写后可以告知采纳情况。"))
    address = LineField(label=_("村（社区）或地址"), required=False, max_length=60)
    attachments = CheckedFileField()

    def __init__(
        self,
        *args: Any,
        draft: DecisionDraftPage,
        initial_opinions: list[dict[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.initial.setdefault("received_on", timezone.localdate())
        self.opinions: BaseOpinionFormSet = OpinionFormSet(
            self.data if self.is_bound else None,
            prefix=PREFIX,
            initial=initial_opinions,
            form_kwargs={"clauses": clause_choices(draft)},
        )

    def clean_received_on(self) -> date:
        """A day that has come, on which the draft was known to people: before it opens, letters
        may come as soon as it is published."""
        received: date = self.cleaned_data["received_on"]
        if received > timezone.localdate():
            raise ValidationError(_("收到日期不能晚于今天。"))
        published, opening = self.draft.first_published_at, self.draft.opening_day
        if published and opening and received < min(timezone.localdate(published), opening):
            message = _("收到日期早于征求意见开始之日（%(day)s），请核对。")
            day = f"{opening.year}年{opening.month}月{opening.day}日"
            raise ValidationError(message, params={"day": day})
        return received

    def is_valid(self) -> bool:
        """The form and its opinions: all that is wrong is told at once."""
        return all([super().is_valid(), self.opinions.is_valid()])

    @property
    def sender(self) -> Sender:
        names = ("kind", "name", "phone", "email", "address")
        return Sender(**{name: self.cleaned_data[name] for name in names})

    @property
    def said(self) -> list[SaidOpinion]:
        return [form.said for form in self.opinions.forms if form.said]


def with_one_more(data: QueryDict, *, draft: DecisionDraftPage) -> OpinionEntryForm:
    """The form as typed so far, unchecked, with one more opinion to write (no script)."""
    typed = OpinionEntryForm(data, draft=draft)
    initial = {name: typed[name].value() for name in typed.fields if name != "attachments"}
    rows = [
        {"clause": form["clause"].value() or "", "text": form["text"].value() or ""}
        for form in typed.opinions.forms
    ]
    return OpinionEntryForm(initial=initial, draft=draft, initial_opinions=[*rows, {}][:MAX_ROWS])
