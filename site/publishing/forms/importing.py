from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publishing.clauses.document import DocumentError
from publishing.clauses.reader import read_text
from publishing.text import clean_text

# What one document may hold; the longest of the real ones has some thirty thousand characters.
MAX_CHARACTERS = 1_000_000
MAX_FILE_BYTES = 20 * 1024 * 1024
ALL_PARTS = "all"


class ImportForm(forms.Form):
    """The text of a document: from a file, pasted, or corrected beside its outline."""

    file = forms.FileField(
        label=_("上传文件"),
        required=False,
        allow_empty_file=True,  # so that the reader says what to do
        help_text=_("Word 文件（.docx）或纯文本（.txt），不超过 20 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
    )
    text = forms.CharField(
        label=_("文件正文"),
        required=False,
        max_length=MAX_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("也可以不上传，把正文粘贴在这里。"),
    )
    part = forms.CharField(label=_("导入范围"), required=False)
    shown = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        upload = cleaned.get("file")
        if upload:
            cleaned["text"] = self._read(upload)
        cleaned["text"] = clean_text(cleaned.get("text", ""))
        if not self.errors and not cleaned.get("text", "").strip():
            raise ValidationError(_("请上传文件，或粘贴正文。"))
        return cleaned

    def _read(self, upload: Any) -> str:
        """The text of the upload; what can't be read becomes the field's error."""
        if upload.size > MAX_FILE_BYTES:
            self.add_error("file", _("文件超过 20 MB，请删去其中的图片或分成几个文件，再上传。"))
            return ""
        try:
            text = read_text(upload.read(), upload.name)
        except DocumentError as refusal:
            self.add_error("file", str(refusal))
            return ""
        if len(text) > MAX_CHARACTERS:
            self.add_error("file", _("正文超过一百万字，请分成几个文件。"))
        return text
