from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.text_fields import LineField


class UnmaskForm(forms.Form):
    """What for the full details are needed; it is written into the log."""

    reason = LineField(
        label=_("用途"),
        max_length=200,
        error_messages={"required": _("请说明需要完整联系方式的用途。")},
    )


class ExportForm(forms.Form):
    """As which file, and whether with contact details."""

    kind = forms.ChoiceField(
        label=_("文件格式"),
        choices=[("xlsx", _("Excel 表格（.xlsx）")), ("csv", _("CSV 文本（.csv）"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    unmasked = forms.BooleanField(label=_("包含完整的姓名和联系方式"), required=False)
    reason = LineField(
        label=_("用途"),
        required=False,
        max_length=200,
        help_text=_("导出完整联系方式须说明用途，将记入日志。"),
    )

    def __init__(self, *args: Any, may_reveal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_reveal:
            del self.fields["unmasked"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("unmasked") and not typed.get("reason"):
            self.add_error("reason", _("请说明导出完整联系方式的用途。"))
        return typed
