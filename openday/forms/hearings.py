"""What staff fill in about a hearing, before it and during it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from openday.enums import State
from openday.hearing_reading import participants_of
from openday.models import Hearing, HearingStatement, Registration, Session
from publishing.text_fields import LineField, TextField

STATEMENT_LENGTH = 3000
RECORD_LENGTH = 20_000
_DATE = {"invalid": _("日期应写成 2026-01-31 的样子。"), "required": _("请填写日期。")}


class MaterialsForm(forms.Form):
    """When the materials had reached all participants."""

    day = forms.DateField(
        label=_("材料送达日期"),
        widget=AdminDateInput(),
        help_text=_("全部参加人都收到的那一天。"),
        error_messages=_DATE,
    )


def _part(label: Any, help_text: Any, rows: int = 5) -> TextField:
    return TextField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=RECORD_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RecordForm(forms.Form):
    """The record, part by part in the order of the hearing (713 art. 17)."""

    introduction = _part(_("一、承办单位介绍"), _("介绍决策草案、依据和有关情况。"))
    statements = _part(
        _("二、陈述"), _("陈述环节的经过；每位参加人的发言在右侧“参加人发言”中逐条登记。")
    )
    questions = _part(_("三、询问、质证"), _("没有的，写“无”。"))
    debate = _part(_("四、辩论"), _("没有的，写“无”。"))
    recorder = LineField(label=_("记录人"), required=False, max_length=40)

    @classmethod
    def of(cls, hearing: Hearing) -> "RecordForm":
        values = {name: getattr(hearing, name) for name in cls.base_fields}
        return cls(initial=values, prefix="record")


class SpeakerField(forms.ModelChoiceField):
    """A participant, without personal data in full."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.contact.masked_name}（{obj.group.audience}，{obj.receipt.number}）"


class StatementForm(forms.Form):
    """What one participant said. Only who came can have spoken."""

    registration = SpeakerField(
        label=_("发言人"),
        queryset=Registration.objects.none(),
        help_text=_("只列已签到的参加人。"),
        error_messages={
            "required": _("请选择发言人。"),
            "invalid_choice": _("发言人不是已签到的参加人。"),
        },
    )
    text = TextField(
        label=_("发言内容"),
        max_length=STATEMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写下发言内容。")},
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        came = participants_of(session).filter(state=State.ATTENDED)
        self.fields["registration"].queryset = came  # type: ignore[attr-defined] # a ModelChoiceField


class SigningForm(forms.Form):
    """The words of a statement, and the day of its signature or why there is none."""

    text = TextField(
        label=_("发言内容"),
        max_length=STATEMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写下发言内容。")},
    )
    confirmed_on = forms.DateField(
        label=_("本人确认签字日期"),
        required=False,
        widget=AdminDateInput(),
        error_messages=_DATE,
    )
    remark = LineField(
        label=_("未签字的原因"),
        required=False,
        max_length=200,
        help_text=_("本人拒绝签字、提前离场等，写明原因。"),
    )

    @classmethod
    def of(cls, statement: HearingStatement) -> "SigningForm":
        return cls(initial={name: getattr(statement, name) for name in cls.base_fields})

    def changed(self, statement: HearingStatement) -> HearingStatement:
        """The statement as filled in, not saved."""
        for name in self.base_fields:
            setattr(statement, name, self.cleaned_data[name])
        return statement
