"""Events as calendars: what a person keeps of their seat, and what anybody may subscribe to."""

from collections.abc import Iterable
from datetime import UTC
from typing import Literal

from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from openday.models import Registration, Session
from publishing.text import safe_sheet_text

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
_PRODUCT = "-//portal//openday//ZH"


def calendar_of(sessions: Iterable[Session], *, name: str, host: str) -> str:
    """A calendar of sessions to subscribe to (RFC 5545)."""
    found = _calendar("PUBLISH")
    found.add("x-wr-calname", _plain(name))
    for session in sessions:
        found.add_component(_event(session, f"session-{session.pk}@{host}"))
    return _text(found)


def pass_calendar(registration: Registration, *, method: Method, host: str) -> str:
    """The seat of one person as one event: REQUEST adds or moves it, CANCEL takes it off.

    Both carry the same UID and the session's SEQUENCE, so calendars replace what they have
    (RFC 5546, 3.2).
    """
    session = registration.session
    found = _calendar(method)
    event = _event(session, f"registration-{registration.pk}@{host}")
    organiser = vCalAddress(f"mailto:noreply@{host}")
    organiser.params["CN"] = _plain(str(session.unit or ""))
    event.add("organizer", organiser)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    found.add_component(event)
    return _text(found)


def _calendar(method: Method) -> Calendar:
    found = Calendar()
    found.add("prodid", _PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", method)
    return found


def _event(session: Session, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", session.sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", _plain(str(session.event.title)))
    event.add("location", _plain(session.where))
    if address := session.event.full_url:
        event.add("url", address)
    event.add("description", _plain(session.event.theme))
    if session.is_cancelled:
        event.add("status", "CANCELLED")
    return event


def _plain(value: str) -> str:
    """One line without what calendars can't hold: a line end would begin a property of its own."""
    return " ".join(safe_sheet_text(value).text.split())


def _text(found: Calendar) -> str:
    return found.to_ical().decode()
