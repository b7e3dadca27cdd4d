"""For the editor of interpretations: the clauses that can be referred to."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from publishing.ids import parse_ids
from publishing.reading import contents, reading_rows

MOST = 10


def list_clauses(request: HttpRequest) -> JsonResponse:
    """The clauses of the pages (``page``) that the user can read: public, or his own to edit."""
    ids = parse_ids(request.GET.getlist("page"))[:MOST]
    pages = [
        page for page in Page.objects.filter(pk__in=ids).specific() if _readable(page, request)
    ]
    pages.sort(key=lambda page: ids.index(page.pk))
    rows = [_named(page, row, len(pages) > 1) for page in pages for row in _rows(page)]
    return JsonResponse({"clauses": rows})


def _rows(page: Any) -> Any:
    return contents(reading_rows(page.clauses, {}))


def _named(page: Any, row: Any, of_several: bool) -> dict[str, str]:
    name = f"{row.name}（{page.title}）" if of_several else row.name
    return {"id": row.id, "name": name}


def _readable(page: Any, request: HttpRequest) -> bool:
    if not hasattr(page, "clauses"):
        return False
    if page.live and not page.get_view_restrictions():
        return True
    may = page_permission_policy.user_has_permission_for_instance
    return bool(may(request.user, "change", page))
