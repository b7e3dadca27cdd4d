from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.uploads.checking import CheckedFile, check_file
from people.uploads.receiving import LostFile
from people.uploads.refusals import FileRefused, NotKept, TooLarge

MEGABYTE = 1024 * 1024


class FilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class CheckedFileField(forms.FileField):
    """Several files, each checked and made harmless; the cleaned value is a list of CheckedFile.

    All files are checked, and each that is refused gets a message with its name.
    """

    widget = FilesInput

    def __init__(self, *, max_files: int = 5, max_megabytes: int = 10, **kwargs: Any) -> None:
        self.max_files, self.max_megabytes = max_files, max_megabytes
        words = _("可上传图片、PDF 或 Word 文件，最多 {files} 个，每个不超过 {megabytes} MB。")
        help_text = format_lazy(words, files=max_files, megabytes=max_megabytes)
        super().__init__(
            **{"label": _("附件"), "required": False, "help_text": help_text, **kwargs}
        )

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        files: Sequence[UploadedFile] = [file for file in data or [] if file]
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.max_files:
            raise ValidationError(
                _("最多上传 %(limit)s 个文件，您选择了 %(count)s 个。"),
                code="count",
                params={"limit": self.max_files, "count": len(files)},
            )
        return self._checked(files)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accept = ".jpg,.jpeg,.png,.webp,.pdf,.docx"
        return {**super().widget_attrs(widget), "accept": accept, "multiple": True}

    def _checked(self, files: Sequence[UploadedFile]) -> list[CheckedFile]:
        """Every file made harmless, or one error that names each that can't be."""
        checked, refused = [], []
        for file in files:
            try:
                checked.append(self._check(file))
            except FileRefused as refusal:
                name = (file.name or "")[-60:]
                reason = refusal.messages[0]
                words = _t("“%(name)s”：%(reason)s") % {"name": name, "reason": reason}
                refused.append(ValidationError(words, code=refusal.code))
        if refused:
            raise ValidationError(refused)
        return checked

    def _check(self, file: UploadedFile) -> CheckedFile:
        """One file, whose size is known before it is read."""
        if isinstance(file, LostFile):
            raise NotKept
        limit = self.max_megabytes * MEGABYTE
        if (file.size or 0) > limit:
            raise TooLarge(self.max_megabytes)
        return check_file(file.name or "", file.read())
