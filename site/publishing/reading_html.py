"""A text as HTML. Each row is kept by its value, not rendered for every reader anew.

A row that is the same words, with the same number of opinions, gives the same HTML: so there is
nothing to forget when something changes, and nothing that could be stale.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from publishing.reading import ReadingRow, contents

KEPT_ROWS = 8192


def text_html(rows: Iterable[ReadingRow], speak_address: str) -> SafeString:
    """All rows; without an address to speak at, their marks are left out."""
    return mark_safe("".join(_row(row, speak_address) for row in rows))  # noqa: S308 - of templates


def contents_html(rows: Iterable[ReadingRow]) -> SafeString:
    """The entries of the table of contents."""
    return mark_safe("".join(map(_entry, contents(rows))))  # noqa: S308 - of templates


@lru_cache(maxsize=KEPT_ROWS)
def _row(row: ReadingRow, speak_address: str) -> SafeString:
    context = {"row": row, "speak_address": speak_address}
    return render_to_string("components/clauses/row.html", context)


@lru_cache(maxsize=KEPT_ROWS)
def _entry(row: ReadingRow) -> SafeString:
    return render_to_string("components/clauses/entry.html", {"row": row})
