"""Form fields that know how people write numbers and codes: they normalise or say what is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.codes import clean_code
from people.phones import normalise_phone
from people.receipts import clean_number


class PhoneField(forms.CharField):
    """A phone number; the cleaned value is E.164 (see people.phones)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("联系电话"), "max_length": 40, **kwargs})

    def clean(self, value: Any) -> str:
        return normalise_phone(super().clean(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        more = {"inputmode": "tel", "autocomplete": "tel"}
        return {**super().widget_attrs(widget), **more}


class ReceiptNumberField(forms.CharField):
    """The number of a receipt; the cleaned value looks like 20261122-482135."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("回执编号"), "max_length": 40, **kwargs})

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
