from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from interpretations import (
    bundle_gate,
    bundle_lock,
    bundle_log_actions,
    bundle_menus,
    leaflet_urls,
    log_actions,
    media_desk_urls,
    media_log_actions,
    stale_urls,
)
from interpretations.bundle_access import ROLE_RIGHTS
from interpretations.media_access import may_see_any
from interpretations.models import InterpretationPage
from interpretations.services.stale import flag_stale
from interpretations.shown_videos import reviewed_texts, reviewed_words
from interpretations.views.desk_clauses import list_clauses
from interpretations.views.desk_stale import StaleMenuItem
from interpretations.viewsets.bundles import BundleViewSet
from interpretations.viewsets.topics import PolicyTopicViewSet
from publishing.enums import Role
from publishing.ids import parse_id
from publishing.models import FrozenText
from publishing.review.finds import Passage


@hooks.register("register_admin_urls", order=-1)
def video_addresses() -> list[URLResolver]:
    """Before wagtailmedia's, so that its links to a video lead to ours."""
    return [path("", include(media_desk_urls))]


@hooks.register("register_admin_urls")
def clause_addresses() -> list[URLPattern | URLResolver]:
    """What the editor of interpretations asks for."""
    return [
        path("interpretations/clauses/", list_clauses, name="interpretation_clauses"),
        path("interpretations/", include(stale_urls)),
        path("interpretations/", include(leaflet_urls)),
    ]


@hooks.register("register_reports_menu_item")
def stale_menu_item() -> StaleMenuItem:
    address = reverse_lazy("stale:report")
    return StaleMenuItem(_("待更新的解读"), address, name="stale", icon_name="warning", order=100)


class VideosMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_see_any(request.user)


@hooks.register("register_admin_menu_item")
def videos_menu_item() -> VideosMenuItem:
    address = reverse_lazy("videos:index")
    return VideosMenuItem(
        _("视频"), address, name="videos", icon_name="wagtailmedia-video", order=301
    )


@hooks.register("construct_search")
@hooks.register("construct_main_menu")
def without_wagtailmedias_entries(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name != "media"]


@hooks.register("construct_homepage_summary_items", order=1)
def without_wagtailmedias_count(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if type(item).__name__ != "MediaSummaryItem"]


@hooks.register("construct_media_chooser_queryset")
def readable_collection(media: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """wagtailmedia's chooser would fail at a collection that is no number."""
    written = request.GET.get("collection_id")
    if written and parse_id(written) is None:
        raise BadRequest
    return media


@hooks.register("register_page_header_buttons")
def leaflet_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """One click; the form stands at the foot of the editor (wagtailadmin/pages/edit.html)."""
    if view_name == "edit" and page.live and page.specific_class is InterpretationPage:
        attrs = {"type": "submit", "form": "leaflet-make"}
        yield Button(_("做宣传单页"), icon_name="download", priority=80, attrs=attrs)
        yield leaflets_link(page)


@hooks.register("register_page_listing_more_buttons")
def leaflets_in_the_explorer(
    page: Page, user: Any, next_url: str | None = None
) -> Iterator[Button]:
    may = page_permission_policy.user_has_permission_for_instance
    if page.specific_class is InterpretationPage and may(user, "change", page):
        yield leaflets_link(page)


def leaflets_link(page: Page) -> Button:
    address = reverse("leaflets:list", args=[page.pk])
    return Button(_("宣传单页"), url=address, icon_name="doc-full", priority=81)


@hooks.register("register_reviewed_extras")
def words_of_films(page: Any) -> list[dict[str, Any]] | None:
    return reviewed_words(page)


@hooks.register("register_reviewed_texts")
def texts_of_films(page: Any) -> list[Passage]:
    return reviewed_texts(page)


@hooks.register("register_log_actions")
def media_audit_trail(actions: LogActionRegistry) -> None:
    media_log_actions.register(actions)
    log_actions.register(actions)


@hooks.register("after_text_changed")
def what_refers_is_stale(page: Page, version: FrozenText, before: FrozenText) -> None:
    """Of policies and of drafts: both go public with versions of the same shape."""
    flag_stale(subject=page, version=version, before=before)


@hooks.register("register_admin_viewset")
def topic_viewset() -> PolicyTopicViewSet:
    return PolicyTopicViewSet()


@hooks.register("register_admin_viewset")
def bundle_viewset() -> BundleViewSet:
    return BundleViewSet()


@hooks.register("register_unit_rights")
def bundle_rights() -> dict[Role, list[str]]:
    return ROLE_RIGHTS


@hooks.register("register_log_actions")
def bundle_audit_trail(actions: LogActionRegistry) -> None:
    bundle_log_actions.register(actions)


hooks.register("register_admin_urls", bundle_menus.addresses)
hooks.register("register_page_header_buttons", bundle_menus.header_buttons)
hooks.register("before_edit_page", bundle_menus.refuse_to_leave)
hooks.register("construct_page_action_menu", bundle_menus.leave_only_the_lock)
hooks.register("before_delete_page", bundle_menus.refuse_to_delete)
hooks.register("register_publish_blockers", bundle_gate.bundle_blockers)
hooks.register("register_publish_advice", bundle_gate.bundle_advice)
hooks.register("register_review_obstacles", bundle_gate.obstacle_to_step)
hooks.register("register_review_desks", bundle_gate.desk_of_step)
hooks.register("register_reviewed_together", bundle_gate.reviewed_with)
hooks.register("before_publish_approved", bundle_gate.keep_for_release)
hooks.register("register_page_locks", bundle_lock.lock_for)
