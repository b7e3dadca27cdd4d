from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openday.hearing_reading import public_hearings
from openday.models import EventPage, SeatGroup, Session
from openday.models.event_list import counted_sessions, filled, public_pages


class GroupRow(NamedTuple):
    """One group as readers see it. ``free``: seats that whoever comes now may have."""

    group: SeatGroup
    free: int


class SessionRow(NamedTuple):
    """One session with its groups; ``is_open``: one can register now; ``has_begun``: what is left
    of its seats tells nobody anything any more."""

    session: Session
    groups: list[GroupRow]
    is_open: bool
    opens_later: bool
    has_begun: bool


def show_event(request: HttpRequest, event: EventPage) -> HttpResponse:
    """The event before the public: the same for everyone, so that any cache may keep it."""
    filled([event])
    context = event.get_context(request) | _parts(event) | _seats(event)
    context |= {
        "phase": event.phase,
        "milestone": event.milestone,
        "participants": public_hearings(event),
        "address": event.get_url(request) or "",
        "report": event.report,
    }
    return render(request, "openday/event_page.html", context)


def _seats(event: EventPage) -> dict[str, Any]:
    """The sessions with their groups, and the draws of lots among them."""
    rows = [_row(session) for session in _every_session(event)]
    return {
        "rows": rows,
        "is_open": any(row.is_open for row in rows),
        "draws": [row.group for one in rows for row in one.groups if row.group.run],
    }


def _every_session(event: EventPage) -> list[Session]:
    """The cancelled ones, too, with their places in time; a preview may have none."""
    if not event.pk:
        return []
    cancelled = counted_sessions(event.sessions.filter(cancelled_at__isnull=False))
    for session in cancelled:
        session.event = event
    return sorted([*event.standing_sessions, *cancelled], key=lambda row: (row.starts_at, row.pk))


def _row(session: Session) -> SessionRow:
    free = session.free_seats()
    groups = [GroupRow(group, free[group.pk]) for group in session.groups.all()]
    now = timezone.now()
    later = not session.is_cancelled and now < session.registration_opens_at
    begun = now >= session.starts_at
    return SessionRow(session, groups, session.takes_registrations(now), later, begun)


def _parts(event: EventPage) -> dict[str, Any]:
    """What the editor wrote beside the fields; of what it is about, only what is public."""
    subjects = [row.subject_id for row in event.subjects.all()]
    readable = public_pages(subjects)
    return {
        "unit": event.unit,
        "programme": event.programme.all(),
        "conditions": event.conditions.all(),
        "subjects": [readable[pk] for pk in subjects if pk in readable],
        "materials": event.materials.select_related("document"),
        "contacts": event.contacts.all(),
    }
