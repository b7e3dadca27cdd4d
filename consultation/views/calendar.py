"""The closing days as a calendar that phones and mail programs subscribe to (RFC 5545)."""

from datetime import UTC, date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Event
from wagtail.models import Site

from consultation.models import DecisionDraftPage
from consultation.views.caching import kept_until_midnight
from publishing.calendars import calendar_text, new_calendar, one_line


@require_safe
@kept_until_midnight
def deadlines(request: HttpRequest) -> HttpResponse:
    """An all-day event on the closing day of each draft that is still to close."""
    site = Site.find_for_request(request)
    calendar = new_calendar(product="consultation", method="PUBLISH", name="征求意见截止日期")
    if site is not None:
        drafts = DecisionDraftPage.objects.descendant_of(site.root_page).live().public()
        for draft in drafts.filter(closing_day__gte=timezone.localdate()).order_by("closing_day"):
            if draft.closing_day:
                calendar.add_component(_event(draft, draft.closing_day, request.get_host()))
    return HttpResponse(calendar_text(calendar), content_type="text/calendar; charset=utf-8")


def _event(draft: DecisionDraftPage, closing_day: date, host: str) -> Event:
    changed = draft.last_published_at or timezone.now()
    event = Event()
    event.add("uid", f"draft-{draft.pk}@{host}")
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("dtstart", closing_day)
    event.add("dtend", closing_day + timedelta(days=1))
    event.add("summary", one_line(f"征求意见今天截止：{draft.title}"))
    event.add("url", draft.full_url or "")
    event.add("transp", "TRANSPARENT")
    return event
