"""Working days (工作日) as the State Council orders them: weekends, holidays, and 调休.

Pure: no database, no clock. A calendar is a value built from rows; what it does not know it says
(`missing_years`), and there it falls back to weekends alone. No year is ever guessed.

Source of the shipped rows: the yearly notices of the General Office of the State Council on
holidays (国务院办公厅关于部分节假日安排的通知), as collected by the package chinesecalendar.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SHIPPED = Path(__file__).parent / "data" / "holidays.csv"
SATURDAY = 5
ONE_DAY = timedelta(days=1)

KINDS = {"holiday": False, "workday": True}
"""What the column `kind` may say, and whether people work on such a day."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day that the State Council ordered: off, or (调休) to be worked although a weekend."""

    date: date
    name: str
    is_workday: bool


class Holidays:
    """A calendar: the rows of every year known to it.

    Raises ValueError when two rows speak of one day and disagree.
    """

    __slots__ = ("_days", "_years")

    def __init__(self, rows: Iterable[Holiday]) -> None:
        days: dict[date, Holiday] = {}
        for row in rows:
            known = days.setdefault(row.date, row)
            if known.is_workday != row.is_workday:
                raise ValueError(f"{row.date}: both a holiday and a working day")
        self._days = days
        self._years = frozenset(day.year for day in days)

    @property
    def years(self) -> tuple[int, ...]:
        """The years with at least one row, ascending."""
        return tuple(sorted(self._years))

    def on(self, day: date) -> Holiday | None:
        """What was ordered for a day, or None."""
        return self._days.get(day)

    def missing_years(self, first: date, last: date) -> tuple[int, ...]:
        """Years of the span (both ends included) without rows: answers there know weekends only.

        Whoever shows or stores a computed deadline asks this and warns.
        """
        low, high = sorted((first, last))
        return tuple(y for y in range(low.year, high.year + 1) if y not in self._years)


def is_workday(day: date, calendar: Holidays) -> bool:
    """Whether people work on this day; without an order for it, Monday to Friday."""
    ordered = calendar.on(day)
    return day.weekday() < SATURDAY if ordered is None else ordered.is_workday


def add_workdays(start: date, n: int, calendar: Holidays) -> date:
    """The n-th working day after `start`; the starting day itself is never counted.

    With n = 0 it is `start`, whatever day that is. Raises ValueError for a negative n and
    OverflowError past the end of Python's calendar.
    """
    if n < 0:
        raise ValueError("working days are counted forwards only")
    day = start
    while n:
        day += ONE_DAY
        n -= is_workday(day, calendar)
    return day


def load_shipped() -> list[Holiday]:
    """The rows shipped with the platform, in order of date."""
    return read_rows(SHIPPED)


def read_rows(path: Path) -> list[Holiday]:
    """Rows of a CSV file (UTF-8; date,name,kind; kind is `holiday` or `workday`).

    Raises ValueError naming the line that can't be understood.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != ["date", "name", "kind"]:
            raise ValueError(f"{path.name}: the first line must be date,name,kind")
        return [_row(record, f"{path.name}:{reader.line_num}") for record in reader]


def _row(record: dict[str, str], place: str) -> Holiday:
    try:
        return Holiday(date.fromisoformat(record["date"]), record["name"], KINDS[record["kind"]])
    except (KeyError, ValueError, TypeError) as error:
        raise ValueError(f"{place}: not a row of date,name,kind: {record}") from error
