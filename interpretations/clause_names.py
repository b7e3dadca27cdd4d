"""What the clauses that an interpretation refers to are called, and where they stand."""

from typing import Any, NamedTuple

from publishing.reading import reading_rows


class ClauseName(NamedTuple):
    """A clause of a public text: ``page``, on which it has the anchor ``c-<id>``."""

    id: str
    name: str
    page: Any


def clause_names(subjects: list[Any]) -> dict[str, ClauseName]:
    """By block id, all clauses of the pages; where two have the same, the first counts."""
    found: dict[str, ClauseName] = {}
    for page in subjects:
        for row in reading_rows(page.clauses, {}):
            found.setdefault(row.id, ClauseName(row.id, row.name, page))
    return found
