"""A Word file → text, in the form that the parser reads.

One paragraph is one line. The label that Word computes for a numbered paragraph stands at its
beginning with a space after it ("一、 总体要求"). Changes are taken as accepted; hidden text,
headers, footers, page numbers, comments and the instructions of fields are left out. A text
box follows the paragraph it is anchored to. A note is marked 〔注1〕 in the text and follows
its paragraph as a line that begins with the same mark. A soft line break makes a new line.

Tables take the form of `parser.tables`: each cell on a line that begins with a tab, further
lines of a cell with four spaces, an empty line after each row, two after the table. A cell
merged into the one above is empty; one that spans columns says its text once and leaves the
others empty. A frame of one column is written as paragraphs, a table within a cell as the
lines of that cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publishing.clauses.document import DocumentError
from publishing.clauses.docx.inline import Inline, Notes
from publishing.clauses.docx.numbering import read_numbering
from publishing.clauses.docx.package import open_package
from publishing.clauses.docx.story import Story
from publishing.clauses.docx.styles import read_styles
from publishing.clauses.docx.xml import BROKEN, Element, W

MAX_CHARACTERS = 10_000_000
"""Labels and cells can make far more text of a file than what stands in it."""
_TOO_LONG = "文件正文太长，请分成几个文件后分别上传。"


def docx_text(data: bytes) -> str:
    """The text of a .docx file.

    Raises:
        DocumentError: the file can't be read, or is too large; the message says what to do.
    """
    package = open_package(data)
    body = package.document.find(W + "body")
    if body is None:
        raise DocumentError(BROKEN)
    styles = read_styles(package.styles)
    notes = Notes(_by_id(package.footnotes, "footnote"), _by_id(package.endnotes, "endnote"))
    story = Story(Inline(styles, notes), read_numbering(package.numbering, styles))
    try:
        return "".join(_bounded(story.lines(body)))
    except RecursionError as error:  # tables within tables within tables, a hundred deep
        raise DocumentError(BROKEN) from error


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    left = MAX_CHARACTERS
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            raise DocumentError(_TOO_LONG)
        yield f"{line}\n"


def _by_id(root: Element | None, name: str) -> dict[str, Element]:
    if root is None:
        return {}
    return {note.get(W + "id", ""): note for note in root.iterfind(W + name)}
