"""Calendars that phones and mail programs read (RFC 5545), written by the icalendar library."""

from typing import Literal

from icalendar import Calendar

from publishing.text import safe_sheet_text

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


def new_calendar(*, product: str, method: Method, name: str = "") -> Calendar:
    """An empty one; ``product`` names who wrote it, ``name`` is what people see of it."""
    found = Calendar()
    found.add("prodid", f"-//portal//{product}//ZH")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", method)
    if name:
        found.add("x-wr-calname", one_line(name))
    return found


def one_line(value: str) -> str:
    """One line without what calendars can't hold: a line end would begin a property of its own."""
    return " ".join(safe_sheet_text(value).text.split())


def calendar_text(calendar: Calendar) -> str:
    """As it is sent: folded, its lines ended by CR LF."""
    text: str = calendar.to_ical().decode()
    return text
