"""Tables in plain text, in the form in which text comes out of a Word file.

    <tab>first cell          each cell begins with a tab; cells that follow one another
    <tab>second cell         make a row, and a blank line ends it
        its second line      (a line that begins with four spaces goes on with its cell)

    <tab>                    an empty cell: it says the same as the one above it
    <tab>next row

`docx` writes this form and reads it back exactly; text from elsewhere is looser, and so a
short line between two rows goes on with the last cell too. What is pasted from a
spreadsheet, one row a line with tabs between its cells, is a table as well. Lines that begin
with a tab but make no table (paragraphs indented by tabs) are left to be read as paragraphs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from publishing.clauses.document import Block, ParseWarning, Row
from publishing.clauses.parser.lines import Line, classify
from publishing.clauses.parser.marks import STARTS

_LONGEST_LOOSE = 40  # characters of a line that goes on with a cell without being indented
_LONGEST_HEADER = 24
_MOST_LOOSE = 3
_STRONG = frozenset(
    ("book", "subbook", "chapter", "section", "article", "first", "second", "attachment")
)


@dataclass(slots=True)
class Table:
    """A table and the index of the line after it."""

    block: Block
    end: int


@dataclass(slots=True)
class _Rows:
    """Rows as they are gathered: their cells and the line each begins on."""

    cells: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def start(self, line: Line) -> None:
        self.cells.append([])
        self.lines.append(line.number)

    def widest(self) -> int:
        return len(self.cells[0]) if self.cells else 0


def find_tables(
    lines: list[Line], warnings: list[ParseWarning]
) -> tuple[list[Line], dict[int, Table]]:
    """The lines that are left, and the tables by the index of their first line.

    All lines of a table are `tabbed` afterwards, no others are, and none is empty.
    """
    kept: list[Line] = []
    tables: dict[int, Table] = {}
    index = 0
    while index < len(lines):
        line = lines[index]
        if not line.tabbed and "\t" not in line.text:
            kept.append(line)
            index += 1
            continue
        rows, end = (_gather_cells if line.tabbed else _gather_pasted)(lines, index)
        if _is_table(rows):
            tables[len(kept)] = _table(rows, len(kept) + end - index, warnings)
            for inside in lines[index:end]:
                inside.tabbed, inside.family = True, ""
            kept += lines[index:end]
        else:
            kept += _as_paragraphs(lines[index:end])
        index = end
    return kept, tables


def _as_paragraphs(lines: list[Line]) -> list[Line]:
    for line in lines:
        if line.tabbed:
            classify(line)
    return [line for line in lines if line.text]


def _table(rows: _Rows, end: int, warnings: list[ParseWarning]) -> Table:
    block = Block("table", line=rows.lines[0])
    block.rows = [Row(cells) for cells in rows.cells]
    _mark_headers(block.rows)
    _warn_of_uneven(rows, warnings)
    return Table(block, end)


def _gather_cells(lines: list[Line], start: int) -> tuple[_Rows, int]:
    rows, index, total = _Rows(), start, len(lines)
    broken = False  # a loose line stood in the row: the row may go on after the blank line
    while index < total:
        line = lines[index]
        if line.tabbed:
            if _begins_table(rows, lines, index):
                break
            pieces = line.text.split("\t")[1:]
            short = len(rows.cells[-1]) < rows.widest() if rows.cells else False
            if not rows.cells or len(pieces) > 1 or (line.gap and not (broken and short)):
                rows.start(line)
                broken = False
            rows.cells[-1].extend(piece.strip() for piece in pieces)
        elif line.indented:
            _go_on(rows, line)
        else:
            loose = _loose_lines(lines, index)
            if not loose:
                break
            for line in lines[index : index + loose]:
                _go_on(rows, line)
            broken = True
            index += loose - 1
        index += 1
    return rows, index


def _go_on(rows: _Rows, line: Line) -> None:
    cell = rows.cells[-1][-1]
    rows.cells[-1][-1] = f"{cell}\n{line.text}" if cell else line.text


def _begins_table(rows: _Rows, lines: list[Line], index: int) -> bool:
    """Two blank lines and another number of cells: a new table begins here."""
    if lines[index].gap < 2 or len(rows.cells) < 2:
        return False
    end = index + 1
    while end < len(lines) and lines[end].tabbed and not lines[end].gap:
        end += 1
    cells = sum(line.text.count("\t") for line in lines[index:end])
    return len(rows.cells[-1]) == rows.widest() != cells


def _loose_lines(lines: list[Line], index: int) -> int:
    """How many lines between two cells go on with the one above; 0 ends the table."""
    for count in range(_MOST_LOOSE + 1):
        if index + count >= len(lines):
            return 0
        line = lines[index + count]
        if line.tabbed:
            return count
        # Two blank lines end a table for certain; so does what is no part of a cell.
        if line.family or line.gap > 1 or len(line.text) > _LONGEST_LOOSE:
            return 0
        if line.text[0] in "表续单注（(":
            return 0
    return 0


def _gather_pasted(lines: list[Line], start: int) -> tuple[_Rows, int]:
    rows, index = _Rows(), start
    width = lines[start].text.count("\t")
    while index < len(lines) and lines[index].text.count("\t") == width:
        line = lines[index]
        if line.family in _STRONG or ("\t" in line.text[line.cut : line.cut + 1] and width == 1):
            break
        rows.start(line)
        rows.cells[-1].extend(cell.strip() for cell in line.text.split("\t"))
        index += 1
    if len(rows.cells) < (3 if width == 1 else 2):
        return _Rows(), start + 1
    return rows, index


def _is_table(rows: _Rows) -> bool:
    if not any(map(any, rows.cells)):
        return False
    if len(rows.cells) == 1:
        return 2 <= len(rows.cells[0]) <= 12 and not any(map(_is_prose, rows.cells[0]))
    width, count = Counter(map(len, rows.cells)).most_common(1)[0]
    return width >= 2 and count * 2 >= len(rows.cells)


def _is_prose(cell: str) -> bool:
    """Whether a line indented by a tab is a paragraph and no cell."""
    look = STARTS.get(cell[:1])
    mark = look(cell) if look else None
    return len(cell) > 100 or (mark is not None and mark[0] in _STRONG)


def _mark_headers(rows: list[Row]) -> None:
    """The first full row of short words is the header; rows like it repeat it."""
    if len(rows) < 2:
        return
    first = 0
    while first < len(rows) - 1 and sum(map(bool, rows[first].cells)) <= 1:
        first += 1
    words = ["".join(cell.split()) for cell in rows[first].cells]
    if not all(words) or any(len(word) > _LONGEST_HEADER or "。" in word for word in words):
        return
    if all(word.isdecimal() for word in words):
        return
    for index, row in enumerate(rows):
        same = len(row.cells) == len(words)
        if same and ["".join(cell.split()) for cell in row.cells] == words:
            row.header, row.repeated = True, index > first


def _warn_of_uneven(rows: _Rows, warnings: list[ParseWarning]) -> None:
    width = Counter(map(len, rows.cells)).most_common(1)[0][0]
    for number, (cells, line) in enumerate(zip(rows.cells, rows.lines, strict=True), start=1):
        if len(cells) != width:
            message = f"表格第 {number} 行有 {len(cells)} 格，其他行有 {width} 格，请核对"
            warnings.append(ParseWarning(line, message))
