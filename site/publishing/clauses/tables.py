"""What changed between two tables: row by row, cell by cell, then character by character."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from publishing.clauses.clause import Row
from publishing.clauses.segments import (
    Block,
    Budget,
    Segment,
    common_blocks,
    replaced,
    segments,
)
from publishing.clauses.similarity import Profile

PartOp = Literal["same", "changed", "added", "removed"]
T = TypeVar("T")

ROW_LIKENESS = 0.3
"""From here on two rows are one that changed; below, one went and another came."""

ROW_PAIRS = 10_000
"""Rows times rows up to which the best alignment is sought; above, rows are paired by position."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: what stayed, went, and came in it."""

    op: PartOp
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row. Without what was removed the rows and cells are those of the new table."""

    op: PartOp
    cells: tuple[CellChange, ...]
    header: bool
    repeated: bool


def row_changes(old: Sequence[Row], new: Sequence[Row]) -> tuple[RowChange, ...]:
    """All rows of both tables in reading order; a removed row where it stood."""
    blocks = common_blocks([r.cells for r in old], [r.cells for r in new], Budget())
    changes: list[RowChange] = []
    i = j = 0
    for x, y, n in [*blocks, Block(len(old), len(new), 0)]:
        pairs = _paired_rows(old[i:x], new[j:y])
        changes += [_row_change(before, after) for before, after in pairs]
        changes += map(_row_change, old[x : x + n], new[y : y + n])
        i, j = x + n, y + n
    return tuple(changes)


def _row_change(old: Row | None, new: Row | None) -> RowChange:
    row = new or old or Row(())
    cells = _cell_changes(old.cells if old else None, new.cells if new else None)
    op: PartOp
    if old and new:
        op = "same" if old.cells == new.cells else "changed"
    else:
        op = "removed" if old else "added"
    return RowChange(op, cells, row.header, row.repeated)


def _cell_changes(
    old: tuple[str, ...] | None, new: tuple[str, ...] | None
) -> tuple[CellChange, ...]:
    """Cells in order; when columns came or went, equal cells say which."""
    old, new = old or (), new or ()
    if len(old) == len(new):
        return tuple(map(_cell_change, old, new))
    pairs: list[tuple[str | None, str | None]] = []
    i = j = 0
    for x, y, n in [*common_blocks(old, new, Budget()), Block(len(old), len(new), 0)]:
        pairs += _by_position(old[i:x], new[j:y])
        pairs += zip(old[x : x + n], new[y : y + n], strict=True)
        i, j = x + n, y + n
    return tuple(_cell_change(before, after) for before, after in pairs)


def _cell_change(old: str | None, new: str | None) -> CellChange:
    if old is None or new is None:
        return CellChange("added" if old is None else "removed", replaced(old or "", new or ""))
    return CellChange("same" if old == new else "changed", segments(old, new))


def _by_position(old: Sequence[T], new: Sequence[T]) -> list[tuple[T | None, T | None]]:
    """Pairs from the front; what is over is alone."""
    most = max(len(old), len(new))
    return [
        (old[n] if n < len(old) else None, new[n] if n < len(new) else None) for n in range(most)
    ]


def _paired_rows(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """The rows between two unchanged ones, paired in order so that they are most alike in sum.

    The alignment of Needleman and Wunsch (J. Mol. Biol. 48, 1970) without a penalty for gaps.
    """
    if not old or not new:
        return [(row, None) for row in old] + [(None, row) for row in new]
    if len(old) * len(new) > ROW_PAIRS:
        return _by_position(old, new)
    likeness = _likenesses(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    pairs: list[tuple[Row | None, Row | None]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((old[i], None))
            i += 1
        else:
            pairs.append((None, new[j]))
            j += 1
    return pairs + [(row, None) for row in old[i:]] + [(None, row) for row in new[j:]]


def _likenesses(old: Sequence[Row], new: Sequence[Row]) -> list[list[float]]:
    """How alike each old row is to each new one; 0.0 for less than ROW_LIKENESS."""
    profiles_old, profiles_new = (
        [Profile.of("\t".join(row.cells)) for row in rows] for rows in (old, new)
    )
    return [
        [value if (value := p.likeness(q)) >= ROW_LIKENESS else 0.0 for q in profiles_new]
        for p in profiles_old
    ]
