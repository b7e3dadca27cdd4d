"""What the parser makes of an official document: parts, blocks, rows, warnings.

The shapes are those of the JSON that `manage.py parse_document --json` prints. Reading
label, heading, text and cells of every block depth-first gives every non-space character
of the text that was parsed, in its order: nothing is lost and nothing is corrected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "reference",
    "issuer",
    "title",
    "recipient",
    "signature",
    "date",
    "chapter",
    "section",
    "article",
    "heading",
    "item",
    "paragraph",
    "attachment",
    "table",
    "note",
]


class DocumentError(Exception):
    """A file that can't be read; the message tells a person in Chinese what to do."""


@dataclass(slots=True)
class Row:
    """One row of a table; `cells` are as written, an empty one means the one above it."""

    cells: list[str]
    header: bool = False
    repeated: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"cells": list(self.cells), "header": self.header, "repeated": self.repeated}


@dataclass(slots=True)
class Block:
    """One block in reading order: its own words first, then its rows, then its children.

    `level` is 1 for the outermost marker (编, 章, 一、), one more for each marker nested in
    another, and 0 for blocks without a marker. `line` is the 1-based line it begins on.
    """

    kind: Kind
    label: str = ""
    number: int | None = None
    level: int = 0
    heading: str = ""
    text: str = ""
    commentable: bool = False
    children: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    line: int = 0

    def walk(self) -> Iterator[Block]:
        """This block and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "kind": self.kind,
            "label": self.label,
            "number": self.number,
            "level": self.level,
            "heading": self.heading,
            "text": self.text,
            "commentable": self.commentable,
            "children": [child.to_json() for child in self.children],
        }
        if self.kind == "table":
            shown["rows"] = [row.to_json() for row in self.rows]
        return shown


@dataclass(slots=True)
class Part:
    """A notice, or what it issues; a file can hold both."""

    title: str = ""
    blocks: list[Block] = field(default_factory=list)

    def walk(self) -> Iterator[Block]:
        for block in self.blocks:
            yield from block.walk()

    def to_json(self) -> dict[str, Any]:
        return {"title": self.title, "blocks": [block.to_json() for block in self.blocks]}


@dataclass(slots=True, frozen=True)
class ParseWarning:
    """Something the editor should look at; `line` counts from 1 in the text parsed."""

    line: int
    message: str

    def to_json(self) -> dict[str, Any]:
        return {"line": self.line, "message": self.message}


@dataclass(slots=True)
class Document:
    """A parsed file; title, reference, issuer and date are those of its first part."""

    title: str = ""
    reference: str | None = None
    issuer: str | None = None
    date: str | None = None
    parts: list[Part] = field(default_factory=list)
    warnings: list[ParseWarning] = field(default_factory=list)

    def walk(self) -> Iterator[Block]:
        """Every block of every part, in reading order."""
        for part in self.parts:
            yield from part.walk()

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "reference": self.reference,
            "issuer": self.issuer,
            "date": self.date,
            "parts": [part.to_json() for part in self.parts],
            "warnings": [warning.to_json() for warning in self.warnings],
        }


def words_of(document: Document) -> str:
    """All that the document says, depth-first, without white space.

    Equal to the parsed text without white space; the property tests rest on it.
    """
    pieces: list[str] = []
    for block in document.walk():
        pieces += (block.label, block.heading, block.text)
        for row in block.rows:
            pieces += row.cells
    return "".join("".join(pieces).split())
