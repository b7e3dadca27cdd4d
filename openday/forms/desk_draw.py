from django import forms
from django.utils.translation import gettext_lazy as _

from openday.draw import DIGITS
from publishing.text_fields import LineField


class DrawForm(forms.Form):
    """What the witness rolled, who the witness is, and that whoever presses knows what it does."""

    digits = LineField(
        label=_("见证人掷出的数字"),
        max_length=40,
        help_text=_("当场依次掷出的数字连着写，4到40位，只写数字。"),
        error_messages={"required": _("请填写见证人当场掷出的数字。")},
    )
    witness = LineField(
        label=_("见证人"),
        max_length=80,
        help_text=_("写明单位、职务和姓名，随抽签记录公布。"),
        error_messages={"required": _("请写明见证人的单位、职务和姓名。")},
    )
    sure = forms.BooleanField(
        label=_("数字和见证人核对无误。抽签只能进行一次，结果立即公布并通知报名人"),
        error_messages={"required": _("请先核对，再勾选这一项。")},
    )

    def clean_digits(self) -> str:
        digits: str = "".join(self.cleaned_data["digits"].split())
        if not DIGITS.fullmatch(digits):
            raise forms.ValidationError(_("请填写4到40位数字，不要写别的字。"))
        return digits
