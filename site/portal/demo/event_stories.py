"""The demo's events, read from events.toml: what is announced, who registers, who comes.

Days are counted from the announcement (0); ``today`` is the day that is today.
"""

import tomllib
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("events.toml")
# Identities that stay the same through all loads, whatever an editor renames.
_NAMESPACE = uuid.UUID("0d8a7f0c-91a4-4c53-8a3e-7b6de1a0c2f5")


@dataclass(frozen=True, eq=False)
class Attendee:
    """One registration. ``approved``, ``cancelled``: the day on which it was."""

    serial: int
    day: int
    group: str
    name: str
    place: str = ""
    origin: str = "web"
    email: bool = False
    needs: str = ""
    approved: int | None = None
    cancelled: int | None = None
    came: bool = False


@dataclass(frozen=True)
class EventStory:
    """One event with one session."""

    slug: str
    unit: str
    fields: dict[str, Any]
    conditions: list[str]
    programme: list[list[str]]
    opens: int
    closes: int
    starts: int
    today: int
    hour: int
    minutes: int
    capacity: int
    groups: list[dict[str, Any]]
    registrations: list[Attendee]
    subject: str = ""
    witness: str = ""
    digits: str = ""
    narrative: str = ""
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    photos: list[dict[str, str]] = field(default_factory=list)
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def was_held(self) -> bool:
        return self.today > self.starts

    @property
    def key(self) -> uuid.UUID:
        return uuid.uuid5(_NAMESPACE, self.slug)

    def registration_key(self, attendee: Attendee) -> uuid.UUID:
        return uuid.uuid5(self.key, str(attendee.serial))


@dataclass(frozen=True)
class Programme:
    """All that the demo tells of events."""

    column: dict[str, str]
    audiences: list[str]
    plan: list[dict[str, Any]]
    events: list[EventStory]


_FIELDS = (
    *("title", "kind", "theme", "summary", "place", "directions", "access_notes"),
    *("matters", "selection_method", "collected"),
)


def read_programme() -> Programme:
    """The file as it stands."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    serial = iter(range(1, 1000))
    events = [_event(dict(row), serial) for row in data["events"]]
    return Programme(data["column"], data["audiences"], data["plan"], events)


def _event(row: dict[str, Any], serial: Any) -> EventStory:
    fields = {name: row.pop(name) for name in _FIELDS if name in row}
    attendees = [Attendee(serial=next(serial), **one) for one in row.pop("registrations")]
    return EventStory(fields=fields, registrations=attendees, **row)
