"""Where an event stands (EventPhase), from its sessions, its report, and the clock."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from openday.enums import EventPhase

if TYPE_CHECKING:
    from openday.models.event_page import EventPage
    from openday.models.session import Session


class Milestone(NamedTuple):
    """The date that belongs to a phase: ``lead``, date, ``words`` (起报名, 举行 …)."""

    at: datetime
    words: str
    lead: str = ""

    @property
    def day(self) -> str:
        """For the narrow card: the year only where it isn't the present one."""
        year = "" if timezone.localtime(self.at).year == timezone.localdate().year else "Y年"
        return date_format(timezone.localtime(self.at), f"{year}n月j日（l）H:i")


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


def dates_of(event: "EventPage") -> list[Milestone]:
    """What a card names: the day, then the deadline of just that session; of many sessions the
    first that one can register for, else the first that is to come or runs now. Of what was called
    off, when it was to be."""
    if event.is_called_off:
        return [Milestone(min(row.starts_at for row in event.cancelled_sessions), "举行", "原定")]
    now, milestone = timezone.now(), event.milestone
    left = [row for row in event.standing_sessions if row.ends_at > now]
    if not left:
        return [milestone] if milestone else []
    taking = [row for row in left if row.takes_registrations(now)]
    first = min(taking or left, key=lambda row: row.starts_at)
    dates = [_day_of(first, len(left) - 1)]
    if taking:
        dates.append(Milestone(first.registration_closes_at, "报名截止"))
    elif milestone and event.phase in {EventPhase.UPCOMING, EventPhase.RUNNING}:
        dates.append(milestone)
    return dates


def _day_of(session: "Session", others: int) -> Milestone:
    more = f"（另有 {others} 场）" if others else ""
    if others and not session.is_running:
        return Milestone(session.starts_at, more, "下一场")
    return Milestone(session.starts_at, f"举行{more}")


def has_free_seat(session: "Session") -> bool:
    """Whether who registers now may still get a seat: at once, by review, or by lot."""
    free = session.free_seats()
    return any(
        group.is_drawn or free[group.pk] > 0 for group in session.groups.all() if not group.is_named
    )
