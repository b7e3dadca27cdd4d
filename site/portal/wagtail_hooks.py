from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path
from wagtail import hooks

from portal.admin_api import OwnDocuments, OwnImages
from portal.admin_scope import visible_ids, visible_pages
from portal.dashboard import DeskPanel
from portal.handing_in import tell_step
from portal.page_cache import forget_pages
from portal.personal_finder import find_in_text
from portal.published_files import require_readable
from publishing.review.finder import Finder

_FOR_ADMINISTRATORS = {"site-history", "page-types-usage"}


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DeskPanel())


@hooks.register("register_admin_urls")
def bridges() -> list[URLResolver]:
    return [path("", include("portal.bridge_urls"))]


@hooks.register("construct_page_chooser_queryset")
def choosable_pages(pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    return visible_pages(pages, request.user)


@hooks.register("register_visible_rows")
def chosen_in_a_page(kind: str, ids: set[int], user: Any) -> set[int] | None:
    return visible_ids(kind, ids, user)


@hooks.register("construct_help_menu")
def help_menu(request: HttpRequest, items: list[Any]) -> None:
    """Empty, and so not there: Wagtail's entries lead to a foreign host and are in English."""
    items.clear()


@hooks.register("construct_reports_menu")
def reports_menu(request: HttpRequest, items: list[Any]) -> None:
    """Without the reports that would show every unit's pages."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in _FOR_ADMINISTRATORS]


@hooks.register("construct_admin_api", order=1)
def own_files(router: Any) -> None:
    """In the place of Wagtail's, which were registered before."""
    router.register_endpoint("documents", OwnDocuments)
    router.register_endpoint("images", OwnImages)


@hooks.register("before_serve_document")
def published_or_ones_own(document: Any, request: HttpRequest) -> None:
    require_readable(document, request)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
@hooks.register("after_delete_snippet")
def a_snippet_changed(request: HttpRequest, changed: Any) -> None:
    """What is kept for visitors holds units and privacy notices, too."""
    forget_pages()


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def after_a_step_of_the_review(request: HttpRequest, page: Any) -> None:
    tell_step(request, page)


@hooks.register("register_text_finder")
def personal_data() -> Finder:
    return find_in_text
