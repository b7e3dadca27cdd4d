"""Text as people type or paste it, cleaned before it is counted.

Neither field writes ``maxlength`` into the page: a browser would cut a pasted text off without a
word, and counts differently. What is too long is told, with nothing lost.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.text import clean_text


class TextField(forms.CharField):
    """Lines of text without what nobody can see; empty if nothing visible is left."""

    default_error_messages = {
        "max_length": _("这里写了 %(show_value)d 字，超出上限 %(limit_value)d 字，请删减后再提交。")
    }

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "").strip()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class LineField(TextField):
    """The same on one line, its inner spaces single."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())
