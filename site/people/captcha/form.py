import json
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.captcha.proof import check_proof
from people.captcha.question import MAX_TOKEN, Question, check_answer, new_question
from people.captcha.recaptcha import check_recaptcha
from people.captcha.refusals import CaptchaMissing, CaptchaRefused


class SolutionInput(forms.HiddenInput):
    """Where the widget's script leaves its solution: reCAPTCHA's has a name of its own."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        recaptcha = settings.CAPTCHA == "recaptcha"
        return data.get("g-recaptcha-response" if recaptcha else name)


class CaptchaForm(forms.Form):
    """Gives a form one captcha, shown by the template people/captcha.html.

    With JavaScript in a secure context the widget of ``settings.CAPTCHA`` fills ``captcha``;
    everywhere else the person answers a question in words. A solution counts before an answer.
    It is checked once, and only when the rest of the form is right.

    ``idempotency_field`` names the form's field with the key of the request: a retry with the
    same key may bring the same solution again, anybody else's is refused as used.
    """

    idempotency_field: ClassVar[str] = ""

    captcha = forms.CharField(
        label=_("验证"), required=False, max_length=8192, widget=SolutionInput
    )
    captcha_token = forms.CharField(required=False, max_length=MAX_TOKEN, widget=forms.HiddenInput)
    captcha_answer = forms.CharField(label=_("验证问题"), required=False, max_length=40)

    _passed_without_script = False
    passed_before = False
    """Whether this very request has passed before: what it brought may be there already."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._check(cleaned)
        return cleaned

    @property
    def passed_without_script(self) -> bool:
        """Whether the question was answered: the caller limits strictly and holds for review."""
        return self._passed_without_script

    @property
    def held_for_review(self) -> bool:
        """The same, in the words of what follows from it."""
        return self._passed_without_script

    @property
    def uses_recaptcha(self) -> bool:
        """Which widget the template shows."""
        return bool(settings.CAPTCHA == "recaptcha")

    @property
    def recaptcha_site_key(self) -> str:
        """The public key for the widget."""
        return str(settings.RECAPTCHA_PUBLIC_KEY)

    @property
    def recaptcha_script(self) -> str:
        """The address of reCAPTCHA's script."""
        return f"https://{settings.RECAPTCHA_DOMAIN}/recaptcha/api.js?hl=zh-CN"

    @cached_property
    def captcha_question(self) -> Question:
        """A fresh question each time the form is shown."""
        return new_question()

    @property
    def captcha_words(self) -> str:
        """What the ALTCHA widget says, as its JSON."""
        words = {
            "ariaLinkLabel": "ALTCHA",
            "error": _t("验证失败，请检查网络后点击重试。"),
            "expired": _t("验证已过期，请点击重新验证。"),
            "footer": "",
            "label": _t("验证：我不是机器人"),
            "loading": _t("正在载入……"),
            "reload": _t("重新载入"),
            "verificationRequired": _t("请先完成验证。"),
            "verified": _t("验证已通过"),
            "verify": _t("验证"),
            "verifying": _t("正在自动验证，请稍候……"),
            "waitAlert": _t("正在验证，请稍候。"),
        }
        return json.dumps(words, ensure_ascii=False)

    def _check(self, cleaned: dict[str, Any]) -> None:
        """Tries the one way that was taken; what is wrong with it becomes the captcha's error."""
        owner = str(cleaned.get(self.idempotency_field) or "")
        try:
            if cleaned["captcha"] and self.uses_recaptcha:
                first = check_recaptcha(cleaned["captcha"], owner=owner)
            elif cleaned["captcha"]:
                first = check_proof(cleaned["captcha"], owner=owner)
            elif cleaned["captcha_answer"] and cleaned["captcha_token"]:
                token, answer = cleaned["captcha_token"], cleaned["captcha_answer"]
                first = check_answer(token, answer, owner=owner)
                self._passed_without_script = True
            else:
                raise CaptchaMissing
            self.passed_before = not first
        except CaptchaRefused as refusal:
            self.add_error("captcha", refusal)
