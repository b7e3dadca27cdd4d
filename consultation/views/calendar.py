"""The closing days as a calendar that phones and mail programs subscribe to (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Site

from consultation.models import DecisionDraftPage
from consultation.views.caching import kept_until_midnight
from publishing.text import safe_sheet_text

_MAX_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@require_safe
@kept_until_midnight
def deadlines(request: HttpRequest) -> HttpResponse:
    """An all-day event on the closing day of each draft that is still to close."""
    site = Site.find_for_request(request)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//portal//consultation//ZH", *_title()]
    if site is not None:
        drafts = DecisionDraftPage.objects.descendant_of(site.root_page).live().public()
        for draft in drafts.filter(closing_day__gte=timezone.localdate()).order_by("closing_day"):
            if draft.closing_day:
                lines += _event(draft, draft.closing_day, request.get_host())
    lines.append("END:VCALENDAR")
    body = "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _title() -> list[str]:
    return ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:征求意见截止日期"]


def _event(draft: DecisionDraftPage, closing_day: date, host: str) -> list[str]:
    changed = draft.last_published_at or timezone.now()
    return [
        "BEGIN:VEVENT",
        f"UID:draft-{draft.pk}@{host}",
        f"DTSTAMP:{changed.astimezone(timezone.get_fixed_timezone(0)):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{closing_day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{closing_day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'征求意见今天截止：{draft.title}')}",
        f"URL:{draft.full_url or ''}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """A TEXT value (section 3.3.11), without what XML and calendars can't hold."""
    return safe_sheet_text(value).text.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, no character cut (section 3.1)."""
    piece, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _MAX_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    yield piece
