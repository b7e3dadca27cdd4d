"""Many events at once: their sessions and reports at hand, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page

from openday.models.event_page import EventPage
from openday.models.report_page import EventReportPage
from openday.models.session import Session


def public_events(below: Page) -> QuerySet[Any]:
    """The public events below a page, each with the time of its first session as ``begins``."""
    events = EventPage.objects.descendant_of(below).live().public().select_related("unit")
    return events.annotate(begins=Min("sessions__starts_at"))


def filled(events: Iterable[EventPage]) -> list[EventPage]:
    """The events with their sessions and published reports, in two queries for all of them."""
    rows = list(events)
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.standing().filter(event__in=rows).prefetch_related("groups"):
        sessions[session.event_id].append(session)
    reports = {page.path[: -Page.steplen]: page for page in _reports(row.path for row in rows)}
    for row in rows:
        row.standing_sessions = sessions[row.pk]
        row.report = reports.get(row.path)
    return rows


def _reports(paths: Iterable[str]) -> Iterable[Any]:
    """The public reports below the events at these paths."""
    above = Substr("path", 1, Length("path") - Page.steplen)
    return (
        EventReportPage.objects.live().annotate(event_path=above).filter(event_path__in=list(paths))
    )


def next_turn(below: Page) -> datetime | None:
    """When any event below the page changes by the clock alone."""
    now = timezone.now()
    sessions = Session.objects.standing().filter(event__path__startswith=below.path)
    names = ("registration_opens_at", "registration_closes_at", "starts_at", "ends_at")
    later = [
        sessions.filter(**{f"{name}__gt": now}).aggregate(at=Min(name))["at"] for name in names
    ]
    return min((turn for turn in later if turn), default=None)
