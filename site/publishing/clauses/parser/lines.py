"""The lines of a text, each with the marker that it may begin with."""

from __future__ import annotations

from dataclasses import dataclass

from publishing.clauses.parser.marks import ENDS, STARTS, Value, last_look

CELL_INDENT = "    "
"""What begins a line that goes on with the cell of the line above it."""


@dataclass(slots=True)
class Line:
    """One line that is not blank.

    `number` counts from 1 over all lines of the text. `family` names the kind of marker (""
    for none), `value` its number, `cut` where the label ends in `text`, `weak` that it counts
    only when it follows its predecessor. `gap`: blank lines stand before it. `tabbed`: it
    begins with a tab, which makes it the cell of a table; `text` then keeps its tabs.
    """

    number: int
    text: str
    family: str = ""
    value: Value = None
    cut: int = 0
    weak: bool = False
    gap: int = 0
    tabbed: bool = False
    indented: bool = False


def read_lines(text: str) -> list[Line]:
    """The lines of the text that are not blank, with what each may begin with."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines: list[Line] = []
    add, starts, gap, in_cell = lines.append, STARTS.get, 0, False
    for number, raw in enumerate(text.split("\n"), start=1):
        if raw[:1] == "\t":
            add(Line(number, raw, gap=gap, tabbed=True))
            gap, in_cell = 0, True
            continue
        stripped = raw.strip()
        if not stripped:
            gap += 1
            in_cell = False
            continue
        look = starts(stripped[0])
        mark = look(stripped) if look else None
        if mark is None and (look is None or stripped[-1] in ENDS):
            mark = last_look(stripped)
        line = (
            Line(number, stripped, gap=gap) if mark is None else Line(number, stripped, *mark, gap)
        )
        if in_cell:
            in_cell = line.indented = raw.startswith(CELL_INDENT)
        add(line)
        gap = 0
    return lines


def classify(line: Line) -> None:
    """Make an ordinary line of one that was taken for the cell of a table."""
    line.tabbed, line.text = False, line.text.strip()
    if not line.text:
        return
    look = STARTS.get(line.text[0])
    mark = (look(line.text) if look else None) or last_look(line.text)
    if mark is not None:
        line.family, line.value, line.cut, line.weak = mark
