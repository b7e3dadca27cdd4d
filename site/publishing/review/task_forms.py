"""What a reviewer says when he approves. Tasks name them, so they stand below the models."""

from typing import Any, ClassVar

from django import forms
from django.db import models

from publishing.enums import PrivacyLevel, SecrecyLevel
from publishing.text_fields import LineField, TextField


class ApprovalForm(forms.Form):
    """Conclusion, basis, remarks."""

    levels: ClassVar[type[models.TextChoices]]

    level = forms.ChoiceField(label="审查结论", widget=forms.RadioSelect)
    basis = LineField(label="依据", max_length=200, required=False)
    comment = TextField(
        label="备注", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = self.levels.choices  # type: ignore[attr-defined] # a choice

    def messages(self) -> list[str]:
        """The errors, each with its field's name."""
        return [
            f"{self.fields[name].label if name in self.fields else ''}：{words}"
            for name, found in self.errors.items()
            for words in found
        ]


class SecrecyApprovalForm(ApprovalForm):
    levels = SecrecyLevel

    basis = LineField(
        label="依据",
        max_length=200,
        help_text="如“《中华人民共和国保守国家秘密法》及本镇保密事项范围”。",
    )


class PrivacyApprovalForm(ApprovalForm):
    levels = PrivacyLevel

    basis = LineField(
        label="依据",
        max_length=200,
        required=False,
        help_text="含依法应当公开的个人信息的，写明哪部法律、哪一条。",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("level") == PrivacyLevel.LAWFUL and not cleaned.get("basis"):
            self.add_error("basis", "请写明依法公开个人信息的依据。")
        return cleaned
