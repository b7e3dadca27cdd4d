"""Moves an event with all that belongs to it in time, as if it had been done on other days."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from wagtail.models import Page, PageLogEntry, Revision

from notify.enums import MessageState
from notify.models import Message
from openday.models import (
    CheckIn,
    DrawRun,
    EventPage,
    EventReportPage,
    Hearing,
    HearingStatement,
    Registration,
    ReportVersion,
    SeatGroup,
    Session,
    SessionMove,
    Suggestion,
    Transition,
)
from people.models import Contact, Receipt
from portal.demo.ageing import log_of, shift_content, shift_rows

_IN_WORDS = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_IN_CALENDAR = re.compile(r"\b(\d{4})(\d{2})(\d{2})T(\d{6})Z")
_IN_RECORD = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?[+-]\d{2}:\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@transaction.atomic
def move_event_back(event: EventPage, days: int) -> None:
    """Shift every date of the event, its seats, its people and its history by days.

    A negative number moves towards the future. Receipt numbers keep the date in them.
    """
    if not days:
        return
    shift = timedelta(days=-days)
    _shift_words(event, shift)
    _shift_records(event, shift)
    for rows in rows_of_event(event):
        shift_rows(rows, shift)
    for revision in _revisions(event):
        shift_content(revision, shift)


def rows_of_event(event: EventPage) -> list[models.QuerySet[Any]]:
    """All rows that belong to the event and hold dates."""
    pages = _pages(event)
    registrations = Registration.objects.filter(session__event=event)
    contacts = Contact.objects.filter(pk__in=registrations.values("contact"))
    suggestions = Suggestion.objects.filter(event=event)
    logged: list[models.QuerySet[Any]] = [registrations, contacts, suggestions]
    sessions = Session.objects.filter(event=event)
    hearings = Hearing.objects.filter(session__event=event)
    statements = HearingStatement.objects.filter(hearing__in=hearings)
    return [
        Page.objects.filter(pk__in=pages),
        EventPage.objects.filter(pk=event.pk),
        EventReportPage.objects.filter(pk__in=pages),
        ReportVersion.objects.filter(report__in=pages),
        sessions,
        SessionMove.objects.filter(session__event=event),
        SeatGroup.objects.filter(session__event=event),
        DrawRun.objects.filter(group__session__event=event),
        hearings,
        statements,
        Transition.objects.filter(registration__in=registrations),
        CheckIn.objects.filter(registration__in=registrations),
        Receipt.objects.filter(pk__in=registrations.values("receipt")),
        Message.objects.filter(contact__in=contacts),
        *logged,
        _revisions(event),
        PageLogEntry.objects.filter(page__in=pages),
        *(log_of(rows) for rows in (*logged, sessions, hearings, statements)),
    ]


def _pages(event: EventPage) -> list[int]:
    return [event.pk, *EventReportPage.objects.child_of(event).values_list("pk", flat=True)]


def _revisions(event: EventPage) -> models.QuerySet[Any]:
    wanted = [str(pk) for pk in _pages(event)]
    found: models.QuerySet[Any] = Revision.page_revisions.filter(object_id__in=wanted)
    return found


def _shift_words(event: EventPage, shift: timedelta) -> None:
    """The days named in messages that have not left yet, and in the calendars with them."""
    contacts = Contact.objects.filter(registrations__session__event=event)
    for message in Message.objects.filter(contact__in=contacts).exclude(state=MessageState.SENT):
        for name in ("body", "short", "short_values"):
            moved = _IN_WORDS.sub(_moved_words(shift, message.created_at), getattr(message, name))
            setattr(message, name, moved)
        message.calendar = _IN_CALENDAR.sub(_moved_stamp(shift), message.calendar)
        message.save(update_fields=["body", "short", "short_values", "calendar"])


def _moved_words(shift: timedelta, written_at: datetime) -> Callable[[re.Match[str]], str]:
    def moved(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        then = date(int(year or written_at.year), int(month), int(day)) + shift
        words = f"{then.month}月{then.day}日"
        return f"{then.year}年{words}" if year else words

    return moved


def _moved_stamp(shift: timedelta) -> Callable[[re.Match[str]], str]:
    def moved(found: re.Match[str]) -> str:
        year, month, day, clock = found.groups()
        then = date(int(year), int(month), int(day)) + shift
        return f"{then:%Y%m%d}T{clock}Z"

    return moved


def _shift_records(event: EventPage, shift: timedelta) -> None:
    """The times in published records; numbers, which the draw's order rests on, stay."""
    for run in DrawRun.objects.filter(group__session__event=event).exclude(record=None):
        record = {
            name: _shifted(value, shift) if isinstance(value, str) else value
            for name, value in (run.record or {}).items()
        }
        DrawRun.objects.filter(pk=run.pk).update(record=record)
    for version in ReportVersion.objects.filter(report__in=_pages(event)):
        rows = [{**row, "due_on": _shifted(row["due_on"], shift)} for row in version.suggestions]
        ReportVersion.objects.filter(pk=version.pk).update(suggestions=rows)


def _shifted(text: str, shift: timedelta) -> str:
    if _IN_RECORD.fullmatch(text):
        moved = datetime.fromisoformat(text) + shift
        return moved.isoformat(timespec="seconds" if text.count(":") > 2 else "minutes")
    if _DAY.fullmatch(text):
        return (date.fromisoformat(text) + shift).isoformat()
    return text
