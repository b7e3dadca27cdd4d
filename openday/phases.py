"""Where an event stands (EventPhase), from its sessions, its report, and the clock."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from openday.enums import EventPhase

if TYPE_CHECKING:
    from openday.models.event_page import EventPage
    from openday.models.session import Session


class Milestone(NamedTuple):
    """The date that belongs to a phase; ``words`` come after it (起报名, 举行 …)."""

    at: datetime
    words: str


def phase_of(event: "EventPage") -> EventPhase:
    """The one word that readers see; an event without sessions has not begun to register."""
    sessions = event.standing_sessions
    if not sessions:
        return EventPhase.CANCELLED if event.is_called_off else EventPhase.UPCOMING
    now = timezone.now()
    if now >= max(session.ends_at for session in sessions):
        return EventPhase.REPORTED if event.report else EventPhase.UNREPORTED
    if any(session.is_running for session in sessions):
        return EventPhase.RUNNING
    taking = [session for session in sessions if session.takes_registrations(now)]
    if taking:
        return EventPhase.OPEN if any(map(has_free_seat, taking)) else EventPhase.FULL
    begun = any(session.registration_opens_at <= now for session in sessions)
    return EventPhase.CLOSED if begun else EventPhase.UPCOMING


def milestone_of(event: "EventPage") -> Milestone | None:
    """The date that tells most in this phase: when one can register, until when, when it is."""
    sessions, phase, now = event.standing_sessions, event.phase, timezone.now()
    if not sessions:
        return None
    if phase == EventPhase.UPCOMING:
        return Milestone(min(row.registration_opens_at for row in sessions), "起报名")
    if phase in {EventPhase.OPEN, EventPhase.FULL}:
        taking = [row.registration_closes_at for row in sessions if row.takes_registrations(now)]
        return Milestone(max(taking), "报名截止") if taking else None
    if phase == EventPhase.RUNNING:
        running = [row.ends_at for row in sessions if row.is_running]
        return Milestone(max(running), "结束") if running else None
    coming = [row.starts_at for row in sessions if row.starts_at > now]
    held = [row.starts_at for row in sessions]
    return Milestone(min(coming) if coming else max(held), "举行")


def has_free_seat(session: "Session") -> bool:
    """Whether who registers now may still get a seat: at once, by review, or by lot."""
    free = session.free_seats()
    return any(
        group.is_drawn or free[group.pk] > 0 for group in session.groups.all() if not group.is_named
    )
