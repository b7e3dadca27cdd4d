"""What the public templates need to lay things out; nothing here knows a request or a database."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import template
from django.utils import timezone

from portal.charts import Slice, outcome_slices
from publishing.clauses.clause import IDEOGRAPHIC_SPACE, ClauseText, join_line

register = template.Library()

DEEPEST_HEADING = 6


class Laid(NamedTuple):
    """A clause, and the level at which its heading stands in the page (3 to 6)."""

    clause: ClauseText
    heading_level: int


class Line(NamedTuple):
    """How a clause's line is put together: what stands after the label, and after the heading."""

    gap: str
    heading_alone: bool


@register.filter
def within(page: Any, column: Any) -> bool:
    """Whether the page is the column or lies below it."""
    return bool(getattr(page, "path", "")) and page.path.startswith(column.path)


@register.filter
def line(clause: ClauseText) -> Line:
    """The joints of a clause's line, as ``join_line`` sets them."""
    joined = join_line(clause.label, clause.heading, clause.text)
    after_label = joined[len(clause.label) : len(clause.label) + 1]
    gap = IDEOGRAPHIC_SPACE if clause.label and after_label == IDEOGRAPHIC_SPACE else ""
    return Line(gap, joined != f"{clause.label}{gap}{clause.heading}{clause.text}")


@register.filter
def caption(clause: ClauseText) -> str:
    """The label and heading of a table as one line."""
    return join_line(clause.label, clause.heading, "")


@register.filter
def outlined(clauses: Iterable[ClauseText], top: int = 3) -> Iterator[Laid]:
    """The clauses with the levels of their headings: no level is skipped (WCAG 1.3.1).

    A document may begin at （一） or jump from 一、 to 1.; what a page shows may not.
    """
    open_levels: list[int] = []
    for clause in clauses:
        if clause.kind == "heading":
            while open_levels and open_levels[-1] >= clause.level:
                open_levels.pop()
            open_levels.append(clause.level)
        yield Laid(clause, min(top + max(len(open_levels) - 1, 0), DEEPEST_HEADING))


@register.filter
def days_left(closing_day: Any) -> int:
    """Whole days until the closing day: 0 on that day itself."""
    return (closing_day - timezone.localdate()).days  # type: ignore[no-any-return] # dates' difference


@register.filter
def slices(figures: Mapping[str, int]) -> list[Slice]:
    """The figures of a result as the parts of a chart."""
    return outcome_slices(figures)
