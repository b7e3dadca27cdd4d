"""What a clause is called away from its surroundings: "二、（三）" and not "（三）"."""

from collections import Counter
from collections.abc import Sequence

from publishing.clauses.clause import ClauseText


def place_labels(clauses: Sequence[ClauseText]) -> dict[str, str]:
    """The label of each block by its id; one that stands several times in the document is led by
    the labels of the headings above it."""
    times = Counter(clause.label for clause in clauses if clause.commentable)
    above: list[ClauseText] = []
    labels = {}
    for clause in clauses:
        while above and above[-1].level >= clause.level > 0:
            above.pop()
        path = "".join(heading.label for heading in above if heading.level > 0)
        repeated = bool(clause.label) and times[clause.label] > 1
        labels[clause.id] = path + clause.label if repeated else clause.label
        if clause.kind == "heading":
            above = [clause] if clause.level == 0 else [*above, clause]
    return labels
