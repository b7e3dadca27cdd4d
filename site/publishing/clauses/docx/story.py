"""The lines of a story: the body, the inside of a text box, a note, the cell of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publishing.clauses.document import DocumentError
from publishing.clauses.docx.inline import Inline
from publishing.clauses.docx.numbering import Numbering
from publishing.clauses.docx.xml import MC, Element, W, is_on, to_number, value_of
from publishing.clauses.parser.lines import CELL_INDENT

MAX_PARAGRAPHS = 20_000
_MOST_SPAN = 64  # columns that one cell may span: a file can claim any number
_MOST_CELLS = 200_000  # of all tables, with those that are spanned
_TOO_MANY_CELLS = "文件的表格单元格太多，请分成几个文件后分别上传。"
_TOO_MANY = f"文件超过 {MAX_PARAGRAPHS:,} 段，请分成几个文件后分别上传。"
_TAB = "    "
_CONTAINERS = frozenset(
    (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag")
)


@dataclass(slots=True)
class Story:
    """Turns paragraphs and tables into lines, counting what Word counts."""

    inline: Inline
    numbering: Numbering
    paragraphs: int = 0
    cells: int = 0
    begun: str = ""  # text of a paragraph whose mark is deleted: it runs into the next one

    def lines(self, parent: Element) -> Iterator[str]:
        """The lines of all that is in a story; a table ends with two empty lines."""
        for block in _blocks(parent):
            if block.tag == W + "tbl":
                yield from self._table(block)
            else:
                yield from self._paragraph(block)
        if self.begun:
            rest, self.begun = self.begun, ""
            yield from _split(rest)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        self.paragraphs += 1
        if self.paragraphs > MAX_PARAGRAPHS:
            raise DocumentError(_TOO_MANY)
        properties = paragraph.find(W + "pPr")
        text = self.begun + self.inline.text(paragraph)
        asides, self.inline.asides = self.inline.asides, []
        words, self.inline.words = self.inline.words, []
        mark = properties.find(W + "rPr") if properties is not None else None
        gone = mark is not None and any(
            mark.find(W + name) is not None for name in ("del", "moveFrom")
        )
        self.begun = text if gone else ""
        if not gone:
            # A hidden paragraph shows no label, yet Word counts it: people hide one to make
            # the next number fit.
            label = self.numbering.label(properties)
            unseen = is_on(mark, "vanish") and not text.strip()
            yield from _split(f"{label} {text}" if label and not unseen else text)
        yield from words
        for aside in asides:
            yield from self.lines_apart(aside)
        yield from self._notes()

    def lines_apart(self, parent: Element) -> list[str]:
        """The lines of another story: what is begun here is not mixed with it."""
        begun, self.begun = self.begun, ""
        fields, self.inline.fields = self.inline.fields, []
        lines = list(self.lines(parent))
        self.begun, self.inline.fields = begun, fields
        return lines

    def _notes(self) -> Iterator[str]:
        noted, self.inline.noted = self.inline.noted, []
        for mark, note in noted:
            text = " ".join(line.strip() for line in self.lines_apart(note) if line.strip())
            yield f"{mark}{text}"

    def _table(self, table: Element) -> Iterator[str]:
        rows = [row for row in _inside(table, "tr") if not _is_deleted(row)]
        self._count_cells(len(rows))
        if all(len(list(_inside(row, "tc"))) <= 1 for row in rows):
            for row in rows:  # a frame around paragraphs
                for cell in _inside(row, "tc"):
                    yield from self.lines_apart(cell)
            return
        for row in rows:
            for lines in self._row(row):
                yield "\t" + (lines[0] if lines else "")
                yield from (CELL_INDENT + line for line in lines[1:])
            yield ""
        yield ""

    def _row(self, row: Element) -> list[list[str]]:
        """The cells of a row, each as its lines; merged ones stay as empty cells."""
        properties = row.find(W + "trPr")
        before = min(to_number(value_of(properties, "gridBefore")) or 0, _MOST_SPAN)
        after = min(to_number(value_of(properties, "gridAfter")) or 0, _MOST_SPAN)
        self._count_cells(max(before, 0) + max(after, 0))
        cells: list[list[str]] = [[] for _ in range(before)]
        for cell in _inside(row, "tc"):
            about = cell.find(W + "tcPr")
            if about is not None and about.find(W + "cellDel") is not None:
                continue
            lines = [" ".join(line.split("\t")).strip() for line in self.lines_apart(cell)]
            covered = _is_covered(about)
            cells.append([] if covered else [line for line in lines if line])
            span = min(to_number(value_of(about, "gridSpan")) or 1, _MOST_SPAN)
            self._count_cells(max(span, 1))
            cells.extend([] for _ in range(span - 1))
        cells.extend([] for _ in range(after))
        return cells

    def _count_cells(self, more: int) -> None:
        self.cells += more
        if self.cells > _MOST_CELLS:
            raise DocumentError(_TOO_MANY_CELLS)


def _is_deleted(row: Element) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and properties.find(W + "del") is not None


def _is_covered(properties: Element | None) -> bool:
    """Whether a cell is covered by the one above (w:vMerge) or to its left (w:hMerge)."""
    for name in ("vMerge", "hMerge"):
        merge = properties.find(W + name) if properties is not None else None
        if merge is not None and merge.get(W + "val", "continue") == "continue":
            return True
    return False


def _split(text: str) -> Iterator[str]:
    """The lines of a paragraph; a tab becomes spaces, for a tab begins the cell of a table."""
    for line in text.replace("\t", _TAB).split("\n"):
        if line.strip():
            yield line.strip()


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, through content controls and one branch of alternatives."""
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in _CONTAINERS:
            yield from _blocks(child)
        elif child.tag == MC + "AlternateContent":
            branch = next(iter(child), None)
            if branch is not None:
                yield from _blocks(branch)


def _inside(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _inside(child, name)
