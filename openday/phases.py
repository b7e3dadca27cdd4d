"""Where an event stands (EventPhase), from its sessions, its report, and the clock."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openday.enums import EventPhase

if TYPE_CHECKING:
    from openday.models.event_page import EventPage
    from openday.models.session import Session


def phase_of(event: "EventPage") -> EventPhase:
    """The one word that readers see; an event without sessions has not begun to register."""
    sessions = event.standing_sessions
    if not sessions:
        called_off = event.pk is not None and event.sessions.exists()
        return EventPhase.CANCELLED if called_off else EventPhase.UPCOMING
    if event.report:
        return EventPhase.REPORTED
    now = timezone.now()
    if now >= max(session.ends_at for session in sessions):
        return EventPhase.UNREPORTED
    if any(session.is_running for session in sessions):
        return EventPhase.RUNNING
    taking = [session for session in sessions if session.takes_registrations(now)]
    if taking:
        return EventPhase.OPEN if any(map(has_free_seat, taking)) else EventPhase.FULL
    begun = any(session.registration_opens_at <= now for session in sessions)
    return EventPhase.CLOSED if begun else EventPhase.UPCOMING


def has_free_seat(session: "Session") -> bool:
    """Whether who registers now may still get a seat: at once, by review, or by lot."""
    free = session.free_seats()
    return any(
        group.is_drawn or free[group.pk] > 0 for group in session.groups.all() if not group.is_named
    )
