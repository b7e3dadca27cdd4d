"""A text of clauses as its page shows it: rows ready for the template, and the table of contents.

All that a row needs is reckoned here once, because a page of two hundred clauses is rendered
whole for every reader that no cache serves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from publishing.clauses.clause import ClauseText, Row, join_line
from publishing.clauses.places import stand_in_headings

_NAME_LENGTH = 20
_DEEPEST_INDENT = 5
# h1 is the page's title and h2 the section's.
_TOP_HEADING, _LAST_HEADING = 3, 6


@dataclass(frozen=True, slots=True)
class RowLink:
    """What is said elsewhere about one block. ``kind``: a word for what it is."""

    kind: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One block of the text. ``lead`` is set bold, ``rest`` follows it.

    ``name``: what links and labels call it; ``tag``: the element of a heading; ``depth``: how far
    it is set in, from 1; ``count``: its opinions; ``head`` and ``body``: a table's rows; ``links``:
    what is said elsewhere about it.
    """

    id: str
    kind: str
    lead: str
    rest: str
    name: str
    commentable: bool
    tag: str
    depth: int
    count: int
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    links: tuple[RowLink, ...] = ()


def reading_rows(
    clauses: Sequence[ClauseText],
    counts: Mapping[str, int],
    links: Mapping[str, tuple[RowLink, ...]] = MappingProxyType({}),
) -> list[ReadingRow]:
    """The blocks in order; ``counts`` has the number of opinions by block id, ``links`` what is
    said elsewhere about a block.

    No level of headings is skipped (WCAG 1.3.1): a text may begin at （一） or jump from 一、 to
    1., what a page shows may not.
    """
    rows: list[ReadingRow] = []
    open_levels: list[int] = []
    names = stand_in_headings(clauses)
    for clause in clauses:
        if clause.kind == "heading":
            while open_levels and open_levels[-1] >= clause.level:
                open_levels.pop()
            open_levels.append(clause.level)
        tag = f"h{min(_TOP_HEADING + max(0, len(open_levels) - 1), _LAST_HEADING)}"
        name = _name(clause, names.get(clause.id, ""))
        row = _row(clause, name, tag, counts.get(clause.id, 0))
        found = links.get(clause.id)
        rows.append(replace(row, links=found) if found else row)
    return rows


def _row(clause: ClauseText, name: str, tag: str, count: int) -> ReadingRow:
    line = join_line(clause.label, clause.heading, clause.text)
    lead = join_line(clause.label, clause.heading, "")
    return ReadingRow(
        id=clause.id,
        kind=clause.kind,
        lead=lead,
        rest=line[len(lead) :],
        name=name,
        commentable=clause.commentable,
        tag=tag,
        depth=min(max(1, clause.level), _DEEPEST_INDENT),
        count=count,
        head=tuple(row for row in clause.rows if row.header and not row.repeated),
        body=tuple(row for row in clause.rows if not row.header),
    )


def _name(clause: ClauseText, stand_in: str) -> str:
    """Label and heading, or how it begins: labels alone repeat from chapter to chapter."""
    first_line = "" if clause.heading else clause.text.strip().partition("\n")[0]
    begins = join_line(clause.label, clause.heading or stand_in, first_line).rstrip("。：:")
    return f"{begins[:_NAME_LENGTH]}…" if len(begins) > _NAME_LENGTH else begins


def contents(rows: Iterable[ReadingRow]) -> list[ReadingRow]:
    """What the table of contents lists: headings and everything that can be spoken to."""
    return [row for row in rows if row.name and (row.kind == "heading" or row.commentable)]
