"""Where a public interpretation says 内容待更新."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q

from interpretations.models import InterpretationPage, StaleItem
from interpretations.references import Content, content_of


class StaleMarks(NamedTuple):
    """``items``: all that wait and that the page still says so; ``by_own``: those of a part by the
    id of its reference to the clause, or by the key of a row of the table of differences."""

    items: list[StaleItem]
    by_own: dict[str, StaleItem]

    def cover(self, part: str) -> bool:
        """Whether the part is stale, by itself or with all of the page."""
        return any(item.is_whole or item.part == part for item in self.items)


def marks_of(page: Any) -> StaleMarks:
    """A draft that says it otherwise already, in a preview, has no mark there."""
    waiting = StaleItem.objects.waiting().filter(page=page.pk).select_related("subject")
    items = list(waiting) if page.pk else []
    return _shown(items, content_of(page)) if items else StaleMarks([], {})


def stale_answers(rows: Iterable[Any]) -> set[tuple[int, str]]:
    """Of questions of many pages (``PublicQuestion``) those whose answer waits, by page and anchor.

    The body is read of those pages alone that have one: three queries at most.
    """
    asked = {(row.page_id, row.anchor) for row in rows}
    keys = [anchor for _page, anchor in asked]
    waiting = StaleItem.objects.waiting().filter(page__in={page for page, _anchor in asked})
    by_page: dict[int, list[StaleItem]] = {}
    for item in waiting.filter(Q(part__in=keys) | Q(part="")):
        by_page.setdefault(item.page_id, []).append(item)
    if not by_page:
        return set()
    pages = InterpretationPage.objects.filter(pk__in=by_page).only("body")
    marks = {
        page.pk: _shown(by_page[page.pk], _answers_of(page))
        for page in pages.prefetch_related("subjects")
    }
    return {(page, anchor) for page, anchor in asked if page in marks and marks[page].cover(anchor)}


def _answers_of(page: Any) -> Content:
    """Without the table of differences, in which no answer stands."""
    return Content(list(page.body.raw_data), [], {row.subject_id for row in page.subjects.all()})


def _shown(waiting: Iterable[StaleItem], content: Content) -> StaleMarks:
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
