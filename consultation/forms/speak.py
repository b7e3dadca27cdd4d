from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultation.forms.opinions import (
    MAX_OPINIONS,
    BaseOpinionFormSet,
    OpinionFormSet,
    clause_choices,
)
from consultation.models import DecisionDraftPage
from consultation.services.submissions import Sender
from people.enums import ContactKind
from people.forms import EmailField, PhoneField
from people.models import PrivacyNotice
from people.public_form import Problem, PublicForm, problems_of
from people.uploads import CheckedFile, CheckedFileField
from publishing.text import clean_text
from publishing.text_fields import LineField

PREFIX = "opinions"


class SpeakForm(PublicForm):
    """What a citizen sends: opinions, how to be reached, consent, one captcha."""

    kind = forms.ChoiceField(
        label=_("您是"),
        choices=ContactKind.choices,
        initial=ContactKind.INDIVIDUAL,
        widget=forms.RadioSelect,
    )
    phone = PhoneField(help_text=_("用来核实意见和告知结果，不会公开。"))
    name = LineField(
        label=_("姓名或单位名称"),
        required=False,
        max_length=40,
        help_text=_("公布时只显示姓，如“朱**”；不填显示“匿名”。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(
        help_text=_("填写后，回执和采纳情况会发到这个邮箱。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = LineField(
        label=_("所在村（社区）"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    attachments = CheckedFileField()

    def __init__(
        self,
        *args: Any,
        draft: DecisionDraftPage,
        initial_opinions: list[dict[str, str]] | None = None,
        files_refused: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._files_refused = files_refused
        self.opinions: BaseOpinionFormSet = OpinionFormSet(
            self.data if self.is_bound else None,
            prefix=PREFIX,
            initial=initial_opinions,
            form_kwargs={"clauses": clause_choices(draft)},
        )

    def clean_attachments(self) -> list[CheckedFile]:
        """Files that were not even looked at are told as the field's error."""
        if self._files_refused:
            raise ValidationError(self._files_refused, code="refused")
        return self.cleaned_data["attachments"]

    def clean(self) -> dict[str, Any]:
        """The opinions first: the captcha is spent only when all the rest is right."""
        if not self.opinions.is_valid():
            self.add_error(None, ValidationError("", code="opinions"))
        return super().clean()

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, in the order of the page."""
        found = [Problem("opinions", str(text)) for text in self.opinions.non_form_errors()]
        for form in self.opinions.forms:
            found += problems_of(form)
        return found + problems_of(self)

    @property
    def sender(self) -> Sender:
        """Who sends, from the cleaned fields."""
        names = ("kind", "name", "phone", "email", "address")
        return Sender(**{name: self.cleaned_data[name] for name in names})


def with_one_more(data: QueryDict, *, draft: DecisionDraftPage, notice: PrivacyNotice) -> SpeakForm:
    """The form as it was typed so far, unchecked, with one more opinion to write (no script)."""
    typed = SpeakForm(data, draft=draft, notice=notice)
    initial = {name: typed[name].value() for name in typed.fields if name != "attachments"}
    if str(initial.pop("notice_version")) != str(notice.version):
        del initial["consent"]
    return SpeakForm(
        initial=initial,
        draft=draft,
        notice=notice,
        initial_opinions=[*_typed(typed.opinions), {}][:MAX_OPINIONS],
    )


def typed_opinions(data: QueryDict, *, draft: DecisionDraftPage) -> list[dict[str, str]]:
    """What was typed, as ``clause`` (block id), ``name`` (of the clause) and ``text``.

    Unchecked but cleaned, without the ones left empty: for comparing, and for giving it back.
    """
    choices = clause_choices(draft)
    names = dict(choices)
    formset = OpinionFormSet(data, prefix=PREFIX, form_kwargs={"clauses": choices})
    return [
        {**row, "name": names.get(row["clause"], ""), "text": text}
        for row in _typed(formset)
        if (text := clean_text(row["text"]).strip())
    ]


def _typed(formset: BaseOpinionFormSet) -> list[dict[str, str]]:
    return [
        {"clause": form["clause"].value() or "", "text": form["text"].value() or ""}
        for form in formset.forms
    ]
