"""What the forms for citizens have in common: sent once, consent to the notice, one captcha."""

import uuid
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.captcha import CaptchaForm
from people.forms import OnceField
from people.models import PrivacyNotice
from people.phones import person_key


class Problem(NamedTuple):
    """One line of the summary of errors: the id of the field it leads to, and what is wrong."""

    anchor: str
    message: str


class PublicForm(CaptchaForm):
    """The ground of such a form; a feature adds its fields, among them ``phone``.

    Its templates are people/problems.html, people/consent.html and people/captcha.html.
    """

    idempotency_field = "idempotency_key"

    idempotency_key = OnceField()
    notice_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    consent = forms.BooleanField(
        label=_("我已阅读并同意上面的个人信息保护告知"),
        error_messages={"required": _("请阅读个人信息保护告知，同意后在这里打勾。")},
    )

    def __init__(self, *args: Any, notice: PrivacyNotice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice = notice
        self.initial.setdefault("notice_version", notice.version)
        # It stands at the end of the page, and so it does in the summary of errors.
        self.fields["consent"] = self.fields.pop("consent")

    def clean_notice_version(self) -> int:
        """Consent is to what was read: a notice that changed meanwhile is shown again (G3)."""
        if self.cleaned_data["notice_version"] != self.notice.version:
            raise ValidationError(_("个人信息保护告知刚刚更新，请重新阅读并同意。"), code="changed")
        return self.notice.version

    @property
    def key(self) -> str:
        """The idempotency key for the page: the one that came, unless it was none."""
        broken = self.is_bound and "idempotency_key" in self.errors
        return str(uuid.uuid4() if broken else self["idempotency_key"].value())

    @property
    def person_key(self) -> str:
        """The person's keyed hash, for the limits."""
        return person_key(self.cleaned_data["phone"])

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, in the order of the page."""
        return problems_of(self)


def problems_of(form: forms.Form) -> list[Problem]:
    """What is wrong field by field, then with the captcha, then with the whole."""
    names = [*(name for name in form.fields if name != "captcha"), "captcha", NON_FIELD_ERRORS]
    return [
        Problem(str(form[name].auto_id) if name in form.fields else "", str(message))
        for name in names
        for message in form.errors.get(name, [])
        if message
    ]
