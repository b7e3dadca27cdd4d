"""The demo's events: a plan, an open event that is half full, a hearing drawn, one reported."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from notify.models import Message
from openday.draw import verify
from openday.enums import EventPhase, State
from openday.models import DrawRun, EventIndexPage, EventPage, Registration, Session, Transition
from portal.demo.ageing import PLANNED, date_fields
from portal.demo.event_ageing import rows_of_event
from portal.demo.loading import load
from portal.demo.tasks import keep_demo_young
from tests.factories.consultation import make_bare_site

pytestmark = pytest.mark.slow
EVENTS = {
    "service-centre": EventPhase.OPEN,
    "meals-hearing": EventPhase.CLOSED,
    "waste-meeting": EventPhase.REPORTED,
}
TWELVE_DAYS = timedelta(days=12)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once for all tests of this file, and taken back at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_bare_site()
        assert load() is True
        yield
        transaction.set_rollback(True)


@pytest.fixture
def events(loaded: None, db: None) -> dict[str, EventPage]:
    return {slug: EventPage.objects.get(slug=slug) for slug in EVENTS}


def states(event: EventPage) -> dict[str, int]:
    rows = Registration.objects.filter(session__event=event).values_list("state", flat=True)
    return {state: list(rows).count(state) for state in sorted(set(rows))}


def test_each_event_stands_in_its_phase(events: dict[str, EventPage]) -> None:
    assert {slug: event.phase for slug, event in events.items()} == EVENTS
    days = [
        (timezone.localdate(event.sessions.get().starts_at) - timezone.localdate()).days
        for event in events.values()
    ]
    assert days == [13, 10, -18]


def test_seats_are_held_and_people_wait(events: dict[str, EventPage]) -> None:
    assert states(events["service-centre"]) == {
        State.CANCELLED: 1,
        State.CONFIRMED: 12,
        State.OFFERED: 1,
        State.PENDING: 2,
        State.WAITLISTED: 2,
    }
    assert states(events["waste-meeting"]) == {State.ATTENDED: 8, State.NO_SHOW: 1}


def test_the_draw_can_be_checked(events: dict[str, EventPage]) -> None:
    run = DrawRun.objects.get(group__session__event=events["meals-hearing"])
    assert run.record
    assert all(finding.right for finding in verify(run.record))
    assert (len(run.record["selected"]), len(run.record["waiting"])) == (5, 3)


def test_the_report_says_who_came_and_answers_everybody(events: dict[str, EventPage]) -> None:
    report = events["waste-meeting"].report
    assert report
    assert report.frozen
    figures = report.frozen.figures
    assert (figures["registered"], figures["came"]) == (9, 8)
    assert [bool(row["answer"]) for row in report.frozen.suggestions] == [True] * 5


def test_nothing_that_happened_lies_in_the_future(events: dict[str, EventPage]) -> None:
    now, late = timezone.now(), []
    for event in events.values():
        for rows in rows_of_event(event):
            fields = [f.name for f in date_fields(rows.model) if f.name not in PLANNED]
            for name in fields:
                newest = rows.order_by(f"-{name}").values_list(name, flat=True)
                values = [value for value in newest if value is not None]
                moment = now if values and hasattr(values[0], "hour") else timezone.localdate()
                late += [(rows.model.__name__, name) for value in values if value > moment]
    assert [row for row in late if row[1] != "next_try_at"] == []


def test_messages_name_the_day_on_which_the_session_is(events: dict[str, EventPage]) -> None:
    session = Session.objects.get(event=events["service-centre"])
    start = timezone.localtime(session.starts_at)
    for message in Message.objects.filter(contact__registrations__session=session):
        found = re.search(r"时间：(\d+)年(\d+)月(\d+)日", message.body)
        assert found
        assert tuple(map(int, found.groups())) == (start.year, start.month, start.day)


def test_it_never_ages(loaded: None, db: None) -> None:
    before = Transition.objects.count()
    with time_machine.travel(timezone.now() + TWELVE_DAYS, tick=False):
        keep_demo_young()
        assert {slug: EventPage.objects.get(slug=slug).phase for slug in EVENTS} == EVENTS
        run = DrawRun.objects.get()
        assert run.record
        assert all(finding.right for finding in verify(run.record))
    assert Transition.objects.count() == before


def test_the_plan_leads_to_the_events(events: dict[str, EventPage]) -> None:
    plan = EventIndexPage.objects.get(slug="events", depth=3).plan.all()
    assert [bool(row.event_id) for row in plan] == [True, True, True, False, False, False]
