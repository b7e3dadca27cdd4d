import uuid
from typing import Any, NamedTuple

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
from people.captcha import CaptchaForm
from people.enums import ContactKind
from people.forms import PhoneField
from people.models import PrivacyNotice
from people.phones import person_key
from people.uploads import CheckedFile, CheckedFileField
from publishing.text import clean_text
from publishing.text_fields import LineField

PREFIX = "opinions"


class Problem(NamedTuple):
    """One line of the summary of errors: the id of the field it leads to, and what is wrong."""

    anchor: str
    message: str


class SpeakForm(CaptchaForm):
    """What a citizen sends: opinions, how to be reached, consent, one captcha."""

    idempotency_field = "idempotency_key"

    idempotency_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={
            "required": _("页面数据不完整，请重新提交一次。"),
            "invalid": _("页面数据不完整，请重新提交一次。"),
        },
    )
    notice_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("您是"),
        choices=ContactKind.choices,
        initial=ContactKind.INDIVIDUAL,
        widget=forms.RadioSelect,
    )
    phone = PhoneField(
        help_text=_("用来核实意见和告知结果，不会公开。"),
        error_messages={"required": _("请填写联系电话。")},
    )
    name = LineField(
        label=_("姓名或单位名称"),
        required=False,
        max_length=40,
        help_text=_("公布时只显示姓，如“朱**”；不填显示“匿名”。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        max_length=200,
        help_text=_("填写后，回执和采纳情况会发到这个邮箱。"),
        error_messages={"invalid": _("邮箱地址不完整，应类似 name@example.com；也可以不填。")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = LineField(
        label=_("所在村（社区）"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    attachments = CheckedFileField()
    consent = forms.BooleanField(
        label=_("我已阅读并同意上面的个人信息保护告知"),
        error_messages={"required": _("请阅读个人信息保护告知，同意后在这里打勾。")},
    )

    def __init__(
        self,
        *args: Any,
        draft: DecisionDraftPage,
        notice: PrivacyNotice,
        initial_opinions: list[dict[str, str]] | None = None,
        files_refused: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.notice = notice
        self._files_refused = files_refused
        self.initial.setdefault("notice_version", notice.version)
        self.opinions: BaseOpinionFormSet = OpinionFormSet(
            self.data if self.is_bound else None,
            prefix=PREFIX,
            initial=initial_opinions,
            form_kwargs={"clauses": clause_choices(draft)},
        )

    def clean_notice_version(self) -> int:
        """Consent is to what was read: a notice that changed meanwhile is shown again (G3)."""
        if self.cleaned_data["notice_version"] != self.notice.version:
            raise ValidationError(_("个人信息保护告知刚刚更新，请重新阅读并同意。"), code="changed")
        return self.notice.version

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

    @property
    def key(self) -> str:
        """The idempotency key for the page: the one that came, unless it was none."""
        broken = self.is_bound and "idempotency_key" in self.errors
        return str(uuid.uuid4() if broken else self["idempotency_key"].value())

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, in the order of the page."""
        found = [Problem("opinions", str(text)) for text in self.opinions.non_form_errors()]
        for form in self.opinions.forms:
            found += _problems_of(form)
        return found + _problems_of(self)

    @property
    def sender(self) -> Sender:
        """Who sends, from the cleaned fields."""
        names = ("kind", "name", "phone", "email", "address")
        return Sender(**{name: self.cleaned_data[name] for name in names})

    @property
    def person_key(self) -> str:
        """The sender's keyed hash, for the limits."""
        return person_key(self.cleaned_data["phone"])


def _problems_of(form: forms.Form) -> list[Problem]:
    return [
        Problem(str(form[name].auto_id) if name in form.fields else "", message)
        for name, messages in form.errors.items()
        for message in map(str, messages)
        if message
    ]


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
