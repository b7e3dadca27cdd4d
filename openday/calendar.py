"""Events as calendars: what a person keeps of their seat, and what anybody may subscribe to."""

from collections.abc import Iterable
from datetime import UTC

from django.utils import timezone
from icalendar import Event, vCalAddress

from openday.models import Registration, Session
from publishing.calendars import Method, calendar_text, new_calendar, one_line


def calendar_of(sessions: Iterable[Session], *, name: str, host: str) -> str:
    """A calendar of sessions to subscribe to (RFC 5545)."""
    found = new_calendar(product="openday", method="PUBLISH", name=name)
    for session in sessions:
        found.add_component(_event(session, f"session-{session.pk}@{host}"))
    return calendar_text(found)


def pass_calendar(registration: Registration, *, method: Method, host: str) -> str:
    """The seat of one person as one event: REQUEST adds or moves it, CANCEL takes it off.

    Both carry the same UID and the session's SEQUENCE, so calendars replace what they have
    (RFC 5546, 3.2).
    """
    session = registration.session
    found = new_calendar(product="openday", method=method)
    event = _event(session, f"registration-{registration.receipt.number}@{host}")
    organiser = vCalAddress(f"mailto:noreply@{host}")
    organiser.params["CN"] = one_line(str(session.unit or ""))
    event.add("organizer", organiser)
    if registration.contact.email and method != "PUBLISH":
        event.add("attendee", _attendee(registration.contact.email))
    event.pop("status", None)  # once at most, or the entry is broken; the session may have one
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    found.add_component(event)
    return calendar_text(found)


def _attendee(email: str) -> vCalAddress:
    """Whom it is for: without it many mail programs pass it over (RFC 5546, 3.2.2)."""
    found = vCalAddress(f"mailto:{email}")
    found.params["PARTSTAT"], found.params["RSVP"] = "ACCEPTED", "FALSE"
    return found


def _event(session: Session, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", session.sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", one_line(str(session.event.title)))
    event.add("location", one_line(session.where))
    if address := session.event.full_url:
        event.add("url", address)
    event.add("description", one_line(session.event.theme))
    if session.is_cancelled:
        event.add("status", "CANCELLED")
    return event
