from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.text_fields import TextField

REGISTER, SUMMARY = "register", "summary"


class ExportForm(forms.Form):
    """What to export, as which file, and whether with contact details."""

    what = forms.ChoiceField(
        label=_("内容"),
        choices=[(REGISTER, _("意见登记表")), (SUMMARY, _("意见采纳情况汇总表"))],
        widget=forms.RadioSelect,
        initial=REGISTER,
    )
    kind = forms.ChoiceField(
        label=_("文件格式"),
        choices=[("xlsx", _("Excel 表格（.xlsx）")), ("docx", _("Word 文档（.docx）"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    unmasked = forms.BooleanField(label=_("包含完整的姓名和联系方式"), required=False)
    reason = TextField(
        label=_("用途"),
        required=False,
        max_length=200,
        help_text=_("导出完整联系方式须说明用途，将记入日志。"),
    )

    def __init__(self, *args: Any, of_one_draft: bool, may_reveal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_one_draft:
            self.fields["what"].choices = self.fields["what"].choices[:1]  # type: ignore[attr-defined] # a ChoiceField
        if not may_reveal:
            del self.fields["unmasked"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("unmasked") and not typed.get("reason"):
            self.add_error("reason", _("请说明导出完整联系方式的用途。"))
        if typed.get("unmasked") and typed.get("what") == SUMMARY:
            self.add_error("unmasked", _("汇总表用于公布，不含完整联系方式。"))
        return typed
