"""The flat form of a document: a list of clauses, headings, paragraphs, tables in reading order.

The StreamField that editors see, the frozen version that was published, and the public page all
speak this form, so that an import, a redline, and a hash mean the same thing everywhere.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal["clause", "heading", "paragraph", "table"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_WORD_END = re.compile(r"\w\Z")
_WORD_START = re.compile(r"\A\w")
_RUNS_IN = re.compile(r"[\W_]\Z")
IDEOGRAPHIC_SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, its cells as written.

    `header`: names the columns; `repeated`: a header that stands again at the top of a page.
    """

    cells: tuple[str, ...]
    header: bool = False
    repeated: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data, keys in a fixed order."""
        return {"cells": list(self.cells), "header": self.header, "repeated": self.repeated}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Row":
        """The inverse of `to_json`."""
        return cls(tuple(map(str, data["cells"])), bool(data["header"]), bool(data["repeated"]))


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One block of a document, with the identity that it keeps through all versions.

    `label` is the marker as written ("第三条"), `level` its depth (0: none), `rows` are for tables.
    """

    id: str
    kind: Kind
    label: str = ""
    heading: str = ""
    text: str = ""
    level: int = 0
    commentable: bool = False
    rows: tuple[Row, ...] = ()

    @property
    def line(self) -> str:
        """What stands outside a table: the marker, the heading, the text."""
        return join_line(self.label, self.heading, self.text)

    @property
    def full_text(self) -> str:
        """All that a reader reads: the marker, the heading, the text, and a table's cells.

        Cells are parted by tabs, rows by line ends.
        """
        table = "\n".join("\t".join(row.cells) for row in self.rows)
        return "\n".join(filter(None, (self.line, table)))

    def to_json(self) -> dict[str, Any]:
        """Plain data, keys in a fixed order."""
        return {
            "id": self.id,
            "kind": self.kind,
            "label": self.label,
            "heading": self.heading,
            "text": self.text,
            "level": self.level,
            "commentable": self.commentable,
            "rows": [row.to_json() for row in self.rows],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ClauseText":
        """The inverse of `to_json`. Raises ValueError for what `to_json` never writes."""
        try:
            if data["kind"] not in KINDS:
                raise ValueError(f"unknown kind of clause: {data['kind']!r}")
            return cls(
                id=str(data["id"]),
                kind=data["kind"],
                label=str(data["label"]),
                heading=str(data["heading"]),
                text=str(data["text"]),
                level=int(data["level"]),
                commentable=bool(data["commentable"]),
                rows=tuple(Row.from_json(row) for row in data["rows"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a clause: {error!r}") from error


def fresh_id() -> str:
    """A new identity, of the form that Wagtail gives to blocks."""
    return str(uuid.uuid4())


def join_line(label: str, heading: str, text: str) -> str:
    """One line as a document prints it: "（一）指导思想。以…", "第三条　本条例…".

    A marker that ends in a word or digit is set off by an ideographic space; a heading without
    punctuation at its end stands on a line of its own.
    """
    apart = "\n" if heading and text and not _RUNS_IN.search(heading) else ""
    body = f"{heading}{apart}{text}"
    set_off = _WORD_END.search(label) and _WORD_START.match(body)
    return f"{label}{IDEOGRAPHIC_SPACE if set_off else ''}{body}"


def canonical_json(clauses: Iterable[ClauseText]) -> bytes:
    """The one way to write a list of clauses down: UTF-8, fixed key order, no spaces.

    A file of these bytes has the digest as its SHA-256, so anyone can check a published version.
    """
    data = [clause.to_json() for clause in clauses]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def digest(clauses: Iterable[ClauseText]) -> str:
    """The SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(clauses)).hexdigest()
