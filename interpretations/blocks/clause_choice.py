"""The clause that a part of an interpretation explains: named by the block id of the clause."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from publishing.text import clean_text

_LINK = re.compile(r"#c-(?P<id>[0-9a-fA-F-]{36})\Z")


def clause_id(typed: str) -> str:
    """What names the clause in whatever was typed: its id, or its link on the public page."""
    words = clean_text(typed or "").strip()
    found = _LINK.search(words)
    return found["id"] if found else words


class ClauseWidget(forms.TextInput):
    """A field for the clause's link, which the script of the editor makes a list of clauses."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-controller": "clause-choice", **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return clause_id(super().value_from_datadict(data, files, name) or "")

    class Media:
        css = {"all": ["interpretations/clause-choice.css"]}
        js = ["interpretations/clause-choice.js"]


class ClauseChoiceBlock(blocks.FieldBlock):
    """One clause of a policy or draft that the page explains."""

    def __init__(self, required: bool = False, help_text: Any = None, **kwargs: Any) -> None:
        self.field = forms.CharField(
            required=required, help_text=help_text, max_length=200, widget=ClauseWidget()
        )
        super().__init__(**kwargs)

    class Meta:
        icon = "link"
        label = _("条款")


def clauses_block() -> blocks.ListBlock:
    """The clauses that a part explains; none is allowed."""
    return blocks.ListBlock(
        ClauseChoiceBlock(),
        label=_("讲的是哪几条"),
        default=[],
        required=False,
        help_text=_("先在“解读什么”中选文件。读者可以从这里跳到条款，也可以从条款跳到这里。"),
    )
