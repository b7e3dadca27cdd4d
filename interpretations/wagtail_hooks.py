from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from interpretations import (
    bundle_gate,
    bundle_lock,
    bundle_log_actions,
    bundle_menus,
    media_desk_urls,
    media_log_actions,
)
from interpretations.bundle_access import ROLE_RIGHTS
from interpretations.media_access import may_see_any
from interpretations.views.desk_clauses import list_clauses
from interpretations.viewsets.bundles import BundleViewSet
from interpretations.viewsets.topics import PolicyTopicViewSet
from publishing.enums import Role
from publishing.ids import parse_id


@hooks.register("register_admin_urls", order=-1)
def video_addresses() -> list[URLResolver]:
    """Before wagtailmedia's, so that its links to a video lead to ours."""
    return [path("", include(media_desk_urls))]


@hooks.register("register_admin_urls")
def clause_addresses() -> list[URLPattern]:
    """What the editor of interpretations asks for."""
    return [path("interpretations/clauses/", list_clauses, name="interpretation_clauses")]


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


@hooks.register("register_log_actions")
def media_audit_trail(actions: LogActionRegistry) -> None:
    media_log_actions.register(actions)


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
hooks.register("register_review_obstacles", bundle_gate.obstacle_to_step)
hooks.register("register_reviewed_together", bundle_gate.reviewed_with)
hooks.register("before_publish_approved", bundle_gate.keep_for_release)
hooks.register("register_page_locks", bundle_lock.lock_for)
