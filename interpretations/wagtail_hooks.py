from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from interpretations import media_desk_urls, media_log_actions
from interpretations.media_access import may_see_any
from interpretations.shown_videos import reviewed_texts, reviewed_words
from interpretations.views.desk_clauses import list_clauses
from interpretations.viewsets.topics import PolicyTopicViewSet
from publishing.ids import parse_id
from publishing.review.finds import Passage


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


@hooks.register("register_reviewed_extras")
def words_of_films(page: Any) -> list[dict[str, Any]] | None:
    return reviewed_words(page)


@hooks.register("register_reviewed_texts")
def texts_of_films(page: Any) -> list[Passage]:
    return reviewed_texts(page)


@hooks.register("register_log_actions")
def media_audit_trail(actions: LogActionRegistry) -> None:
    media_log_actions.register(actions)


@hooks.register("register_admin_viewset")
def topic_viewset() -> PolicyTopicViewSet:
    return PolicyTopicViewSet()
