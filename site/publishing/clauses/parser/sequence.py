"""Families of markers, their usual order, and which number follows which."""

from __future__ import annotations

from bisect import bisect_right

from publishing.clauses.parser.lines import Line
from publishing.clauses.parser.marks import Value

RANKS = {
    family: rank
    for rank, family in enumerate(
        (
            "book",
            "subbook",
            "chapter",
            "section",
            "article",
            "first",
            "stem",
            "second",
            "digit",
            "decimal2",
            "decimal3",
            "decimal4",
            "decimal5",
            "decimal6",
            "decimal7",
            "half",
            "bracketed",
            "circled",
            "letter",
            "bracketletter",
            "roman",
            "bullet",
        )
    )
}
STRUCTURE = frozenset(("book", "subbook", "chapter", "section"))


class Lookahead:
    """The number that comes next in each family of markers, from any line on."""

    def __init__(self, lines: list[Line]) -> None:
        self.places: dict[str, list[int]] = {}
        self.values: dict[str, list[Value]] = {}
        for index, line in enumerate(lines):
            if line.family in RANKS or line.family == "decimal":
                family = "digit" if line.family == "decimal" else line.family
                self.places.setdefault(family, []).append(index)
                self.values.setdefault(family, []).append(line.value)

    def after(self, index: int, family: str) -> Value:
        family = "digit" if family.startswith("decimal") else family
        places = self.places.get(family)
        if not places:
            return None
        position = bisect_right(places, index)
        return self.values[family][position] if position < len(places) else None


def follows(last: Value, value: Value) -> bool:
    """Whether a number is the next one: 3 after 2; (1, 2), (1, 1, 1) or 2 after (1, 1)."""
    if value is None or last is None:
        return False
    before = last if isinstance(last, tuple) else (last,)
    here = value if isinstance(value, tuple) else (value,)
    if len(here) > len(before):
        return here == (*before, 1)
    return here[:-1] == before[: len(here) - 1] and here[-1] == before[len(here) - 1] + 1


def first_of(value: Value) -> int | None:
    return value[0] if isinstance(value, tuple) else value


def number_of(value: Value) -> int | None:
    return value[-1] if isinstance(value, tuple) else value


def last_number(last: Value, value: Value) -> int:
    """The number before this one in its own list; 0 where the list only begins."""
    if isinstance(value, tuple):
        same = (
            isinstance(last, tuple)
            and len(last) >= len(value)
            and last[: len(value) - 1] == (value[:-1])
        )
        return last[len(value) - 1] if same and isinstance(last, tuple) else 0
    return first_of(last) or 0
