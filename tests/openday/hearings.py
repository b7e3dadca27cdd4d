"""Hearings for tests: announced, with participants, and then held."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from openday.enums import EventKind
from openday.models import EventPage, EventSubject, HearingStatement, Registration, Session
from openday.services import hearings
from openday.services.checking_in import check_in
from publishing.models import Unit
from tests.factories.openday import (
    make_event,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
    publish,
)

RECORD = {
    "introduction": "承办单位介绍草案。",
    "statements": "各参加人依次陈述。",
    "questions": "无",
    "debate": "无",
    "recorder": "记录员",
}


def make_hearing(
    *names: str, unit: Unit | None = None, subjects: tuple[Any, ...] = (), **fields: Any
) -> Session:
    """An announced hearing a month from now, in which these people have seats."""
    event = make_event(unit=unit, kind=EventKind.HEARING, **fields)
    session = make_session(event)
    group = make_group(session, name="群众代表")
    event.subjects = [EventSubject(subject=page.page_ptr) for page in subjects]
    publish(event)
    for name in names or ("张三", "李四"):
        make_registration(group, name=name)
    return fresh(session)


def fresh(session: Session) -> Session:
    return Session.objects.select_related("event__unit").get(pk=session.pk)


def latest_day(session: Session) -> date:
    return timezone.localdate(session.starts_at) - timedelta(days=7)


@contextmanager
def during(session: Session) -> Iterator[list[Registration]]:
    """An hour after its beginning; everybody with a seat has come."""
    with time_machine.travel(session.starts_at + timedelta(hours=1), tick=False):
        yield [_arrive(row) for row in session.registrations.order_by("pk")]


def _arrive(row: Registration) -> Registration:
    officer = make_officer_of(row.session.event)
    if row.state == "confirmed":
        number = row.receipt.number
        check_in(session=row.session, number=number, user=officer, nonce=row.idempotency_key)
    return Registration.objects.get(pk=row.pk)


def make_statement(
    session: Session,
    speaker: Registration,
    text: str = "建议延长开放时间。",
    *,
    signed: bool = False,
) -> HearingStatement:
    """Call while the hearing goes on."""
    officer = make_officer_of(session.event)
    row = hearings.add_statement(session=session, registration=speaker, text=text, user=officer)
    if signed:
        row.confirmed_on = timezone.localdate()
        row = hearings.change_statement(statement=row, user=officer)
    return row


def page_of(session: Session) -> EventPage:
    return EventPage.objects.get(pk=session.event_id)
