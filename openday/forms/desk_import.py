"""An invited list as an XLSX file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from openday.models import SeatGroup, Session
from openday.services.importing import Line
from publishing.sheets.reading import MAX_BYTES, SheetRefused, read_list

MAX_ROWS = 500
HEADINGS = {
    "name": ("姓名",),
    "phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "电话号码"),
    "address": ("单位或村（社区）", "单位或村(社区)", "单位", "村（社区）", "村(社区)"),
    "note": ("备注",),
}


class ImportForm(forms.Form):
    """Into which group, and the file; the cleaned file is its rows."""

    group = forms.ModelChoiceField(
        label=_("登记到"),
        queryset=SeatGroup.objects.none(),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择名额组。")},
    )
    file = forms.FileField(
        label=_("名单文件（.xlsx）"),
        help_text=_("第一张表要有一行表头：姓名、电话、单位或村（社区）、备注；后两列可以没有。"),
        error_messages={
            "required": _("请选择名单文件。"),
            "empty": _("文件是空的，请重新选择。"),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = session.groups.select_related("audience", "session")
        self.fields["group"].queryset = groups  # type: ignore[attr-defined] # a ModelChoiceField
        # The only one for people who are named; others are chosen on purpose.
        named = [group for group in groups if group.is_named]
        if len(named) == 1:
            self.initial.setdefault("group", named[0].pk)

    def clean_file(self) -> list[Line]:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(_("文件太大：不能超过2 MB。"))
        try:
            rows = read_list(
                file.read(), headings=HEADINGS, required=("name", "phone"), limit=MAX_ROWS
            )
        except SheetRefused as refusal:
            raise ValidationError(refusal.message) from None
        if not rows:
            raise ValidationError(_("表头下面没有内容。"))
        return [Line(number, **cells) for number, cells in rows]
