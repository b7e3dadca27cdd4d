"""Where a public interpretation says 内容待更新."""

from typing import Any, NamedTuple

from django.db.models import QuerySet

from interpretations.models import StaleItem
from interpretations.references import content_of


class StaleMarks(NamedTuple):
    """``items``: all that wait and that the page still says so; ``by_own``: those of a part by the
    id of its reference to the clause, or by the key of a row of the table of differences."""

    items: list[StaleItem]
    by_own: dict[str, StaleItem]


def marks_of(page: Any) -> StaleMarks:
    """A draft that says it otherwise already, in a preview, has no mark there."""
    waiting = list(_waiting(page)) if page.pk else []
    if not waiting:
        return StaleMarks([], {})
    content = content_of(page)
    found = content.references()
    shown: list[StaleItem] = []
    by_own: dict[str, StaleItem] = {}
    for item in waiting:
        now = found.get((item.part, item.clause))
        if item.subject_id not in content.subjects:
            continue
        if item.is_whole:
            shown.append(item)
        elif now is not None and now.digest == item.digest:
            shown.append(item)
            by_own[now.own] = item
    return StaleMarks(shown, by_own)


def _waiting(page: Any) -> QuerySet[StaleItem]:
    return StaleItem.objects.waiting().filter(page=page.pk).select_related("subject")
