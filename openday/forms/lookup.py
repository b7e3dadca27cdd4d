from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openday.models import Registration, RegistrationQuerySet
from people.forms import ReceiptCodeField, ReceiptNumberField

# A page left open on a shared computer must not stay a key to the registration on it.
TOKEN_SECONDS = 1800
_SALT = "openday.lookup"


class LookupForm(forms.Form):
    """Number and code of a registration, as people type them."""

    number = ReceiptNumberField(
        label=_("报名编号"),
        help_text=_("14 位数字，例如 20260102-345678。"),
        error_messages={"required": _("请填写报名编号。")},
    )
    code = ReceiptCodeField(
        help_text=_("14 位数字和字母，大小写都可以，横线可以不写。"),
        error_messages={"required": _("请填写查询码。")},
    )


class TokenForm(forms.Form):
    """The proof that number and code were given just now."""

    token = forms.CharField(
        max_length=200,
        widget=forms.HiddenInput,
        error_messages={"required": _("请用报名编号和查询码重新查询。")},
    )

    def clean_token(self) -> Registration:
        """The registration whose page the token was written into."""
        message = _("为保护您的信息，查询结果只保留30分钟，请用报名编号和查询码重新查询。")
        try:
            pk = signing.loads(self.cleaned_data["token"], salt=_SALT, max_age=TOKEN_SECONDS)
        except signing.BadSignature:
            raise ValidationError(message, code="expired") from None
        return shown_registrations().get(pk=pk)


def token_for(registration: Registration) -> str:
    """What the page of a registration carries in place of its code."""
    return signing.dumps(registration.pk, salt=_SALT)


def shown_registrations() -> RegistrationQuerySet:
    """Registrations with what their page shows."""
    return Registration.objects.select_related(
        "session__event__unit", "group__audience", "receipt", "contact"
    )
