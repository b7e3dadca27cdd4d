"""What Wagtail's own admin screens would show of other units' unpublished pages, withheld.

The explorer and the editor ask for permissions; the page chooser, the move screen and two reports
show every page's title to whoever may enter the admin.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

ADMINISTRATORS_ONLY = {
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
}
_PAGE_IDS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
_PAGE_SPACES = ("wagtailadmin_pages:", "wagtailadmin_explore", "wagtailadmin_choose_page")
# Wagtail's page that fails on purpose.
_CLOSED = "wagtailadmin_error_test"
_CHOSEN = "wagtailadmin_choose_page_chosen_multiple"


def visible_pages(pages: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Those that the public sees as they are, and those in the user's own part of the tree."""
    if user.is_active and user.is_superuser:
        return pages
    own = page_permission_policy.explorable_instances(user).values("pk")
    seen = Page.objects.filter(Q(live=True, draft_title=F("title")) | Q(depth=1) | Q(pk__in=own))
    # By ids, because a search can't filter by fields that are not in its index.
    return pages.filter(pk__in=seen.values("pk"))


class AdminScopeMiddleware:
    """Answers 404 for a page that is not the user's business, and keeps two reports for
    administrators."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not name.startswith("wagtailadmin") or not request.user.is_authenticated:
            return None
        if name == _CLOSED:
            raise Http404
        if name in ADMINISTRATORS_ONLY and not request.user.is_superuser:
            refusal: HttpResponse = permission_denied(request)
            return refusal
        if name.startswith(_PAGE_SPACES):
            wanted = {kwargs[key] for key in _PAGE_IDS if key in kwargs}
            if name == _CHOSEN:
                wanted |= {int(pk) for pk in request.GET.getlist("id") if pk.isdigit()}
            _require_visible(wanted, request.user)
        return None


def _require_visible(wanted: set[int], user: Any) -> None:
    """404 unless all of these pages may be seen; ids that nobody has are left to the view."""
    pages = Page.objects.filter(pk__in=wanted)
    if wanted and visible_pages(pages, user).count() < pages.count():
        raise Http404
