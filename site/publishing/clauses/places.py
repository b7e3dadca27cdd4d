"""What a clause is called away from its surroundings: "二、（三）" and not "（三）"."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from publishing.clauses.clause import ClauseText, Row


def place_labels(clauses: Sequence[ClauseText]) -> dict[str, str]:
    """The label of each block by its id; one that stands several times in the document is led by
    the labels of the headings above it."""
    times = Counter(_folded(clause.label) for clause in clauses if clause.commentable)
    above: list[ClauseText] = []
    labels = {}
    for clause in clauses:
        while above and above[-1].level >= clause.level > 0:
            above.pop()
        path = "".join(heading.label for heading in above if heading.level > 0)
        repeated = bool(clause.label) and times[_folded(clause.label)] > 1
        labels[clause.id] = path + clause.label if repeated else clause.label
        if clause.kind == "heading":
            above = [clause] if clause.level == 0 else [*above, clause]
    return labels


def _folded(label: str) -> str:
    """The label without the width of its characters: "(三)" and "（三）" are read as the same."""
    return unicodedata.normalize("NFKC", label)


def stand_in_headings(clauses: Sequence[ClauseText]) -> dict[str, str]:
    """What to call the blocks that have no words of their own, by id.

    A table without a caption is called by its columns; a bare marker ("4.") by the table below it.
    """
    names: dict[str, str] = {}
    below: ClauseText | None = None
    for clause in reversed(clauses):
        if not (clause.heading or clause.text.strip()):
            table = clause if clause.rows else below
            if table is not None and table.rows:
                names[clause.id] = table.heading or table.label or _columns(table.rows)
        below = clause
    return names


def _columns(rows: Sequence[Row]) -> str:
    """The cells of the first row that has any words; merged cells repeat theirs once."""
    for row in rows:
        words = dict.fromkeys(" ".join(cell.split()) for cell in row.cells)
        if any(words):
            return f"表格：{'、'.join(filter(None, words))}"
    return "表格"
