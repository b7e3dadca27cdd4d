from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultation.models import Submission
from people.forms import ReceiptCodeField, ReceiptNumberField

# A page left open on a shared computer must not stay a key to the opinions on it.
TOKEN_SECONDS = 1800
_SALT = "consultation.lookup"


class LookupForm(forms.Form):
    """Number and code of a receipt, as people type them."""

    number = ReceiptNumberField(
        help_text=_("14 位数字，例如 20260102-345678。"),
        error_messages={"required": _("请填写回执编号。")},
    )
    code = ReceiptCodeField(
        help_text=_("14 位数字和字母，大小写都可以，横线可以不写。"),
        error_messages={"required": _("请填写查询码。")},
    )


class WithdrawForm(forms.Form):
    """Which opinion to take back, and the proof that the receipt was shown just now."""

    token = forms.CharField(
        max_length=200,
        widget=forms.HiddenInput,
        error_messages={"required": _("请用回执编号和查询码重新查询。")},
    )
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def clean_token(self) -> Submission:
        """The submission whose page the token was written into."""
        try:
            pk = signing.loads(self.cleaned_data["token"], salt=_SALT, max_age=TOKEN_SECONDS)
        except signing.BadSignature:
            message = _("为保护您的信息，查询结果只保留30分钟，请用回执编号和查询码重新查询。")
            raise ValidationError(message, code="expired") from None
        return Submission.objects.select_related("draft", "receipt", "contact").get(pk=pk)


def token_for(submission: Submission) -> str:
    """What the page of a submission carries in place of its code."""
    return signing.dumps(submission.pk, salt=_SALT)
