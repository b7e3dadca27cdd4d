"""From the tree that the parser makes to the flat list that editors, citizens, and versions share.

What is commentable becomes one clause with all that stands below it; what structures the text
becomes a heading; the rest paragraphs. Nothing is lost: label, heading, text, and cells of the
list, read in order, are the words of the document (a property test holds it to that).
"""

import re
from collections.abc import Callable, Iterator

from publishing.clauses.clause import ClauseText, Row, fresh_id, join_line
from publishing.clauses.document import Block, Document, Part

MAX_LEVEL = 9
"""The deepest level that the editor's form takes; deeper ones are shown as this."""

_LINE_BREAK = re.compile(r"\s*\n\s*")
_LATIN_AROUND = re.compile(r"(?<=[A-Za-z0-9,.;:])\n(?=[A-Za-z0-9])")
_STRUCTURE = frozenset({"chapter", "section", "title"})


def flatten(document: Document, *, new_id: Callable[[], str] = fresh_id) -> list[ClauseText]:
    """The document as clauses, headings, paragraphs, tables, each with a fresh identity."""
    return [flat for part in document.parts for flat in _Flattening(new_id).part(part)]


class _Flattening:
    """One pass over a part; it only holds where identities come from."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self.new_id = new_id

    def part(self, part: Part) -> Iterator[ClauseText]:
        if part.title and not any(block.kind == "title" for block in part.walk()):
            yield self._heading("", part.title, 0)
        for block in part.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[ClauseText]:
        if block.rows:
            yield from self._table(block)
        elif block.commentable:
            yield from self._clause(block)
            return
        elif block.kind in _STRUCTURE:
            body = join_line("", block.heading, block.text)
            yield from self._headed(block.label, body, block)
        elif block.text and not (block.heading and (block.label or block.children)):
            yield from self._paragraph(join_line(block.label, block.heading, block.text))
        else:
            yield from self._headed(block.label, block.heading, block)
            yield from self._paragraph(block.text)
        for child in block.children:
            yield from self._block(child)

    def _clause(self, block: Block) -> Iterator[ClauseText]:
        """The clause, then each table in it, then what follows the table: citizens can speak to
        that too, so it is a clause of its own without a label.
        """
        label, heading = block.label, _one_line(block.heading)
        lines = [block.text]
        for below in block.walk():
            if below.rows:
                yield from self._run(label, heading, lines, block.level)
                yield from self._table(below)
                label = heading = ""
                lines = []
            elif below is not block:
                lines.append(join_line(below.label, below.heading, below.text))
        yield from self._run(label, heading, lines, block.level)

    def _run(self, label: str, heading: str, lines: list[str], level: int) -> Iterator[ClauseText]:
        text = "\n".join(filter(str.strip, lines))
        if label or heading or text:
            yield ClauseText(
                id=self.new_id(),
                kind="clause",
                label=label,
                heading=heading,
                text=text,
                level=min(level, MAX_LEVEL),
                commentable=True,
            )

    def _table(self, block: Block) -> Iterator[ClauseText]:
        """A table with its caption; words between the two stand before it. Short rows are filled
        up with empty cells, as the editor's table does.
        """
        label, heading = block.label, _one_line(block.heading)
        if block.text.strip():
            yield from self._paragraph(join_line(block.label, block.heading, block.text))
            label = heading = ""
        width = max(len(row.cells) for row in block.rows)
        rows = [[*row.cells, *[""] * (width - len(row.cells))] for row in block.rows]
        yield ClauseText(
            id=self.new_id(),
            kind="table",
            label=label,
            heading=heading,
            commentable=True,
            rows=tuple(
                Row(tuple(cells), row.header, row.repeated)
                for cells, row in zip(rows, block.rows, strict=True)
            ),
        )

    def _headed(self, label: str, heading: str, block: Block) -> Iterator[ClauseText]:
        if label or heading.strip():
            yield self._heading(label, heading, block.level)

    def _heading(self, label: str, heading: str, level: int) -> ClauseText:
        return ClauseText(
            id=self.new_id(),
            kind="heading",
            label=label,
            heading=_one_line(heading),
            level=min(level, MAX_LEVEL),
        )

    def _paragraph(self, text: str) -> Iterator[ClauseText]:
        if text.strip():
            yield ClauseText(id=self.new_id(), kind="paragraph", text=text)


def _one_line(heading: str) -> str:
    """A heading that was wrapped, on one line: Latin words keep a space between them."""
    return _LATIN_AROUND.sub(" ", _LINE_BREAK.sub("\n", heading.strip())).replace("\n", "")
