"""Text → document tree. Pure Python: nothing here knows of Django.

Lines are read and looked at one by one (`lines`, `marks`), signatures and tables of contents
are found (`signoff`), then one walk builds parts and blocks (`build`, with `head`, `outline`,
`attachments`, `tables`), and a last look at each list tells headings from text and says which
blocks people can speak to (`headings`). Every step is linear in the length of the text.
"""

from __future__ import annotations

from publishing.clauses.document import Document
from publishing.clauses.parser.build import Builder
from publishing.clauses.parser.fields import fill_fields
from publishing.clauses.parser.headings import mark_commentable, split_headings


def parse_text(text: str) -> Document:
    """The document that a text makes; any text does, an empty one makes an empty part."""
    builder = Builder(text)
    document = builder.build()
    split_headings(builder.lists)
    for part in document.parts:
        mark_commentable(part.blocks)
    fill_fields(document)
    document.warnings.sort(key=lambda warning: warning.line)
    return document


__all__ = ["parse_text"]
