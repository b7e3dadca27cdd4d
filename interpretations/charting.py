"""Bars of a table's numbers: plain figures that a template draws in SVG, no script."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_SERIES = 3
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,4})?")
BAR, GAP = 9, 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One number: ``words`` as written, ``length`` in percent of the largest, ``top`` in the
    units of its row's drawing."""

    words: str
    length: float
    top: int
    series: int


@dataclass(frozen=True, slots=True)
class BarRow:
    """All numbers of one name."""

    name: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        return len(self.bars) * (BAR + GAP) - GAP


@dataclass(frozen=True, slots=True)
class Chart:
    series: tuple[str, ...]
    rows: tuple[BarRow, ...]


def table_rows(table: Mapping[str, Any] | None) -> list[list[str]]:
    """The cells of a table as it is stored, without rows that are empty."""
    rows = [[str(cell or "").strip() for cell in row] for row in (table or {}).get("data") or []]
    return [row for row in rows if any(row)]


def bars_of(rows: Sequence[Sequence[str]]) -> Chart | None:
    """The chart of a table whose first row names the columns and whose first column the rows; None
    where it can't be drawn: something is no number, or there are too many columns."""
    if len(rows) < 2 or not 2 <= len(rows[0]) <= MOST_SERIES + 1:
        return None
    numbers = [[_number(cell) for cell in row[1:]] for row in rows[1:]]
    known = [number for row in numbers for number in row if number is not None]
    if len(known) != sum(len(row) for row in numbers):
        return None
    largest = max(known, default=0) or 1
    return Chart(
        series=tuple(rows[0][1:]),
        rows=tuple(
            BarRow(
                row[0],
                tuple(
                    Bar(cell, 100 * (number or 0) / largest, place * (BAR + GAP), place)
                    for place, (cell, number) in enumerate(zip(row[1:], values, strict=True))
                ),
            )
            for row, values in zip(rows[1:], numbers, strict=True)
        ),
    )


def _number(cell: str) -> float | None:
    words = cell.replace(",", "").replace("，", "").removesuffix("%")
    return float(words) if _NUMBER.fullmatch(words) else None
