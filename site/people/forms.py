"""Form fields that know how people write numbers and codes: they normalise or say what is wrong."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.codes import clean_code
from people.phones import normalise_phone
from people.receipts import clean_number

# A page left open on a shared computer must not stay a key to what is on it.
TOKEN_SECONDS = 1800


class OnceField(forms.UUIDField):
    """The key by which a form that comes twice is known: a double click, a retry."""

    def __init__(self, **kwargs: Any) -> None:
        incomplete = _("页面数据不完整，请重新提交一次。")
        known = {
            "widget": forms.HiddenInput,
            "initial": uuid.uuid4,
            "error_messages": {"required": incomplete, "invalid": incomplete},
        }
        super().__init__(**{**known, **kwargs})


class PhoneField(forms.CharField):
    """A phone number; the cleaned value is E.164 (see people.phones)."""

    def __init__(self, **kwargs: Any) -> None:
        required = {"required": _("请填写联系电话。")}
        known = {"label": _("联系电话"), "max_length": 40, "error_messages": required}
        super().__init__(**{**known, **kwargs})

    def clean(self, value: Any) -> str:
        return normalise_phone(super().clean(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        more = {"inputmode": "tel", "autocomplete": "tel"}
        return {**super().widget_attrs(widget), **more}


class EmailField(forms.EmailField):
    """An address that a person may leave, or not."""

    def __init__(self, **kwargs: Any) -> None:
        invalid = {"invalid": _("邮箱地址不完整，应类似 name@example.com；也可以不填。")}
        known = {
            "label": _("电子邮箱"),
            "required": False,
            "max_length": 200,
            "error_messages": invalid,
        }
        super().__init__(**{**known, **kwargs})


class ReceiptNumberField(forms.CharField):
    """The number of a receipt; the cleaned value looks like 20261122-482135."""

    def __init__(self, **kwargs: Any) -> None:
        label = kwargs.get("label", _("回执编号"))
        known = {
            "label": label,
            "max_length": 40,
            "help_text": _("14 位数字，例如 20260102-345678。"),
            "error_messages": {"required": format_lazy(_("请填写{}。"), label)},
        }
        super().__init__(**{**known, **kwargs})

    def clean(self, value: Any) -> str:
        number = clean_number(super().clean(value))
        if number and (len(number) != 15 or not number.replace("-", "", 1).isdigit()):
            message = _("%(label)s是 14 位数字，请核对后重新填写。")
            raise ValidationError(message, code="mistyped", params={"label": self.label})
        return number

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        more = {"inputmode": "numeric", "autocomplete": "off"}
        return {**super().widget_attrs(widget), **more}


class ReceiptCodeField(forms.CharField):
    """The query code; a mistyped one is told here, before anything is looked up."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("查询码"), "max_length": 40, **kwargs})

    def clean(self, value: Any) -> str:
        code = super().clean(value)
        return clean_code(code) if code else ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        more = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        return {**super().widget_attrs(widget), **more}


class LookupForm(forms.Form):
    """Number and code of a receipt, as people type them."""

    number = ReceiptNumberField()
    code = ReceiptCodeField(
        help_text=_("14 位数字和字母，大小写都可以，横线可以不写。"),
        error_messages={"required": _("请填写查询码。")},
    )


class TokenForm(forms.Form):
    """The proof that number and code were given just now; a feature says for which of its rows."""

    salt: ClassVar[str]
    number_called: ClassVar[Any] = _("回执编号")

    token = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    @classmethod
    def rows(cls) -> models.QuerySet[Any]:
        """What can be looked up, each with its ``receipt`` and what its page shows."""
        raise NotImplementedError

    @classmethod
    def token_for(cls, row: models.Model) -> str:
        """What the page of a row carries in place of the code."""
        return signing.dumps(row.pk, salt=cls.salt)

    def clean_token(self) -> models.Model:
        """The row whose page the token was written into."""
        token, params = self.cleaned_data["token"], {"number": self.number_called}
        if not token:
            message = _("请用%(number)s和查询码重新查询。")
            raise ValidationError(message, code="required", params=params)
        try:
            pk = signing.loads(token, salt=self.salt, max_age=TOKEN_SECONDS)
        except signing.BadSignature:
            message = _("为保护您的信息，查询结果只保留30分钟，请用%(number)s和查询码重新查询。")
            raise ValidationError(message, code="expired", params=params) from None
        row: models.Model = self.rows().get(pk=pk)
        return row
