"""The redline: what became of each clause from one version to the next.

Clauses are followed by identity (see `matching`), so a clause that got another number or place is
shown once, as what it is; its text is compared character by character only with its own past.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from publishing.clauses.clause import ClauseText
from publishing.clauses.segments import Segment, replaced, segments
from publishing.clauses.tables import RowChange, row_changes

ChangeOp = Literal["same", "changed", "added", "removed", "moved", "renumbered"]
CHANGE_OPS: tuple[ChangeOp, ...] = get_args(ChangeOp)


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in both versions.

    `op` is the weightiest of what happened: words changed, else moved, else only renumbered;
    `moved` and `renumbered` say the rest. Level, kind, and header marks alone make no change:
    a redline is about words.
    """

    op: ChangeOp
    old: ClauseText | None
    new: ClauseText | None
    label: tuple[Segment, ...]
    heading: tuple[Segment, ...]
    text: tuple[Segment, ...]
    rows: tuple[RowChange, ...]
    moved: bool = False
    renumbered: bool = False

    @property
    def clause(self) -> ClauseText:
        """The clause as it is now, or as it was if it is gone."""
        clause = self.new or self.old
        if clause is None:
            raise ValueError("a change of no clause")
        return clause


def redline(old: Sequence[ClauseText], new: Sequence[ClauseText]) -> list[ClauseChange]:
    """What became of each clause: all of the new version in order, the removed where they stood.

    Raises ValueError if an identity stands twice in one version.
    """
    past, present = _by_id(old), _by_id(new)
    steady = _steady([clause.id for clause in old], [clause.id for clause in new])
    gone: dict[str | None, list[ClauseChange]] = {}
    anchor: str | None = None
    for clause in old:
        if clause.id not in present:
            gone.setdefault(anchor, []).append(_change(clause, None))
        elif clause.id in steady:
            anchor = clause.id
    changes = gone.get(None, [])
    for clause in new:
        before = past.get(clause.id)
        changes.append(_change(before, clause, moved=bool(before) and clause.id not in steady))
        changes += gone.get(clause.id, [])
    return changes


def summary(changes: Iterable[ClauseChange]) -> dict[ChangeOp, int]:
    """How many clauses of each op, all ops named; the sum is the number of changes."""
    counts = dict.fromkeys(CHANGE_OPS, 0)
    for change in changes:
        counts[change.op] += 1
    return counts


def _change(old: ClauseText | None, new: ClauseText | None, *, moved: bool = False) -> ClauseChange:
    was, is_now = old or _nothing(new), new or _nothing(old)
    renumbered = bool(old and new) and was.label != is_now.label
    return ClauseChange(
        op=_op(old, new, moved=moved, renumbered=renumbered),
        old=old,
        new=new,
        label=replaced(was.label, is_now.label),
        heading=segments(was.heading, is_now.heading),
        text=segments(was.text, is_now.text),
        rows=row_changes(was.rows, is_now.rows),
        moved=moved,
        renumbered=renumbered,
    )


def _nothing(like: ClauseText | None) -> ClauseText:
    """What stands on the other side of a clause that came or went."""
    return ClauseText(id=like.id if like else "", kind=like.kind if like else "paragraph")


def _op(
    old: ClauseText | None, new: ClauseText | None, *, moved: bool, renumbered: bool
) -> ChangeOp:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    if _words(old) != _words(new):
        return "changed"
    if moved:
        return "moved"
    return "renumbered" if renumbered else "same"


def _words(clause: ClauseText) -> tuple[str, str, list[tuple[str, ...]]]:
    return clause.heading, clause.text, [row.cells for row in clause.rows]


def _by_id(clauses: Sequence[ClauseText]) -> dict[str, ClauseText]:
    by_id = {clause.id: clause for clause in clauses}
    if len(by_id) != len(clauses):
        raise ValueError("an identity stands twice in one version")
    return by_id


def _steady(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The clauses that kept their order: as many as can be called unmoved at the same time.

    The longest increasing subsequence of the old places in the new order (M. L. Fredman, "On
    computing the length of longest increasing subsequences", Discrete Mathematics 11, 1975).
    """
    place = {clause_id: n for n, clause_id in enumerate(old)}
    kept = [clause_id for clause_id in new if clause_id in place]
    ends: list[int] = []
    tails: list[str] = []
    before: dict[str, str | None] = {}
    for clause_id in kept:
        n = bisect_left(ends, place[clause_id])
        before[clause_id] = tails[n - 1] if n else None
        ends[n : n + 1] = [place[clause_id]]
        tails[n : n + 1] = [clause_id]
    steady: set[str] = set()
    last = tails[-1] if tails else None
    while last is not None:
        steady.add(last)
        last = before[last]
    return steady
