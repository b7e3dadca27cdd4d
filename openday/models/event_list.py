"""Many events at once: their sessions and reports at hand, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page

from openday.models.event_page import EventPage
from openday.models.registration import Registration
from openday.models.report_page import EventReportPage
from openday.models.session import Session


def public_events(below: Page) -> QuerySet[Any]:
    """The public events below a page, with the times of the first and the last session as
    ``begins`` and ``ends``."""
    events = EventPage.objects.descendant_of(below).live().public().select_related("unit")
    return events.annotate(begins=Min("sessions__starts_at"), ends=Max("sessions__ends_at"))


def public_pages(pks: Iterable[int]) -> dict[int, Page]:
    """Those of the pages that anybody may read: live, and behind no password."""
    found = set(pks)
    return Page.objects.live().public().in_bulk(found) if found else {}


def with_open_registration(events: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the events for which one can register now, what closes first standing first."""
    now = timezone.now()
    taking = Session.objects.standing().filter(
        registration_opens_at__lte=now, registration_closes_at__gt=now
    )
    closes = taking.filter(event=OuterRef("pk")).order_by("registration_closes_at")
    first = Subquery(closes.values("registration_closes_at")[:1])
    return events.filter(pk__in=taking.values("event")).annotate(closes=first).order_by("closes")


def filled(events: Iterable[EventPage]) -> list[EventPage]:
    """The events with their sessions, seats and published reports, in a fixed number of queries."""
    rows = list(events)
    sessions: dict[int, list[Session]] = defaultdict(list)
    every = Session.objects.filter(event__in=[row.pk for row in rows if row.pk])
    for session in counted_sessions(every):
        sessions[session.event_id].append(session)
    reports = {page.path[: -Page.steplen]: page for page in _reports(row.path for row in rows)}
    for row in rows:
        own = sessions[row.pk]
        for session in own:
            session.event = row
        row.standing_sessions = [session for session in own if not session.is_cancelled]
        row.cancelled_sessions = [session for session in own if session.is_cancelled]
        row.report = reports.get(row.path)
    return rows


def counted_sessions(sessions: QuerySet[Session]) -> list[Session]:
    """The sessions with their groups and the seats that each holds now."""
    rows = list(sessions.prefetch_related("groups__audience", "groups__draw_run"))
    held: dict[int, dict[int, int]] = defaultdict(dict)
    holding = Registration.objects.holding().filter(session__in=rows).order_by()
    for session_id, group_id, number in holding.values_list("session", "group").annotate(
        n=Count("pk")
    ):
        held[session_id][group_id] = number
    for row in rows:
        row.counted = held[row.pk]
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
