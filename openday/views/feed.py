"""Events to subscribe to: RSS of the announcements, a calendar of the sessions."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from openday.calendar import calendar_of
from openday.models import EventIndexPage, EventPage, Session
from openday.models.event_list import filled, public_events
from publishing.text import safe_sheet_text

LENGTH = 20
KEPT_FOR = timedelta(days=365)
"""How long a session that is over stays in the calendar."""


class EventFeed(Feed):
    """RSS of the events below a column, the newest announcement first."""

    feed_type = Rss201rev2Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> EventIndexPage:
        index: EventIndexPage = args[0]
        return index

    def title(self, index: EventIndexPage) -> str:
        return safe_sheet_text(index.title).text

    def link(self, index: EventIndexPage) -> str:
        return index.full_url or "/"

    def description(self, index: EventIndexPage) -> str:
        return safe_sheet_text(index.introduction or "政府开放日、列席会议、听证会、座谈会").text

    def items(self, index: EventIndexPage) -> list[EventPage]:
        return filled(public_events(index).order_by("-first_published_at", "-pk")[:LENGTH])

    def item_title(self, item: Any) -> str:
        return safe_sheet_text(item.title).text

    def item_description(self, item: Any) -> str:
        times = "；".join(
            f"{timezone.localtime(row.starts_at):%Y年%m月%d日 %H:%M}"
            for row in item.standing_sessions
        )
        return safe_sheet_text(
            f"时间：{times or '待定'}。地点：{'、'.join(item.places)}。{item.summary}"
        ).text

    def item_link(self, item: Any) -> str:
        return item.full_url or "/"

    def item_pubdate(self, item: Any) -> datetime | None:
        published: datetime | None = item.first_published_at
        return published

    def item_categories(self, item: Any) -> list[str]:
        return [item.get_kind_display(), str(item.phase.label)]


def event_feed(request: HttpRequest, index: EventIndexPage) -> HttpResponse:
    return EventFeed()(request, index)


def event_calendar(request: HttpRequest, index: EventIndexPage) -> HttpResponse:
    """The sessions of the public events; cancelled ones say so, for who has subscribed before."""
    sessions = Session.objects.filter(
        event__in=public_events(index).order_by().values("pk"),
        ends_at__gt=timezone.now() - KEPT_FOR,
    ).select_related("event")
    text = calendar_of(sessions, name=index.title, host=request.get_host().partition(":")[0])
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="events.ics"'
    return response
