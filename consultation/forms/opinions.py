import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultation.models import DecisionDraftPage
from consultation.models.opinion import MAX_LENGTH
from consultation.services.submissions import SaidOpinion
from publishing.kept import kept
from publishing.text_fields import TextField

MAX_OPINIONS = 20
WHOLE_DRAFT = ""

Choices = list[tuple[str, str]]


def clause_choices(draft: DecisionDraftPage) -> Choices:
    """What can be spoken to, in the order of the text: value (block id) and how it begins.

    Clauses that a later version dropped stand at the end: who wrote about one while it was there
    can still send it (rule C1).
    """
    return kept("clause choices", draft.pk, make=lambda: _choices(draft))


def _choices(draft: DecisionDraftPage) -> Choices:
    rows = sorted(draft.clause_rows.all(), key=lambda row: row.removed_in_id is not None)
    named = [(str(row.block_id), row.beginning) for row in rows]
    return [(WHOLE_DRAFT, str(_("整份草案"))), *named]


class ClauseField(forms.ChoiceField):
    """A choice among a hundred clauses, which all forms share: copied only where it is shown."""

    clauses: Choices = []

    def offer(self, clauses: Choices) -> None:
        self.clauses = clauses
        self.choices = lambda: clauses

    def valid_value(self, value: Any) -> bool:
        return any(value == known for known, _name in self.clauses)


class OpinionForm(forms.Form):
    """One thing to say, about a clause or the whole draft. Without text it is not there."""

    clause = ClauseField(
        label=_("针对哪一条"),
        required=False,
        error_messages={"invalid_choice": _("所选的条款不在这份草案中，请重新选择。")},
    )
    text = TextField(
        label=_("意见内容"),
        required=False,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "max_length": _(
                "这条意见有 %(show_value)d 字，超出上限 %(limit_value)d 字，请删减或分成两条。"
            )
        },
    )

    def __init__(self, *args: Any, clauses: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].offer(clauses)  # type: ignore[attr-defined] # a ClauseField

    @property
    def said(self) -> SaidOpinion | None:
        """What was said; None for a form left empty."""
        text, clause = self.cleaned_data.get("text"), self.cleaned_data.get("clause")
        if not text:
            return None
        return SaidOpinion(text=text, block_id=uuid.UUID(clause) if clause else None)


class BaseOpinionFormSet(forms.BaseFormSet):
    """Up to twenty opinions; at least one says something."""

    default_error_messages = {
        "missing_management_form": _("页面数据不完整，请返回重新打开页面；写的内容请先复制保存。"),
        "too_many_forms": _("一次最多提交 %(num)d 条意见，请删去多出的，或分两次提交。"),
    }

    def clean(self) -> None:
        if self.management_form.is_valid() and not any(self.errors) and not self.said:
            raise ValidationError(_("还没有写意见，请填写意见内容。"), code="empty")

    @property
    def said(self) -> Sequence[SaidOpinion]:
        """What was said, in order, without the forms left empty."""
        return [said for form in self.forms if (said := form.said)]


OpinionFormSet: type[BaseOpinionFormSet] = forms.formset_factory(  # type: ignore[assignment] # the stubs forget the formset's class
    OpinionForm,
    formset=BaseOpinionFormSet,
    extra=0,
    min_num=1,
    max_num=MAX_OPINIONS,
    validate_max=True,
    # Beyond it Django drops forms unread: far above what the page offers, so that too many opinions
    # are told and shown, not cut.
    absolute_max=5 * MAX_OPINIONS,
)
