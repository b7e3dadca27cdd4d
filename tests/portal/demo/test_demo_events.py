"""The demo's events: a plan, an open event that is half full, a hearing drawn, one reported, and
one hearing held yesterday whose record is begun."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.images import get_image_model

from consultation.enums import Channel
from consultation.models import DecisionDraftPage
from notify.models import Message
from openday.draw import verify
from openday.enums import EventPhase, State
from openday.hearing_reading import MATERIALS_DAYS, hearing_day, history, is_ready
from openday.models import (
    CheckIn,
    DrawRun,
    EventIndexPage,
    EventPage,
    Registration,
    Session,
    Transition,
)
from openday.refusals import SeatRefused
from openday.services.hearings import (
    change_statement,
    close_record,
    note_silent,
    write_record,
)
from portal.demo.ageing import PLANNED, date_fields
from portal.demo.event_ageing import rows_of_event
from portal.demo.tasks import keep_demo_young
from portal.opinion_bridge import Target, hand_over, opinion_of
from publishing.models import User

pytestmark = pytest.mark.slow
EVENTS = {
    "service-centre": EventPhase.OPEN,
    "meals-hearing": EventPhase.CLOSED,
    "waste-meeting": EventPhase.REPORTED,
    "waste-fee-hearing": EventPhase.UNREPORTED,
}
TWELVE_DAYS = timedelta(days=12)


@pytest.fixture
def events(loaded: None, db: None) -> dict[str, EventPage]:
    return {slug: EventPage.objects.get(slug=slug) for slug in EVENTS}


def states(event: EventPage) -> dict[str, int]:
    rows = Registration.objects.filter(session__event=event).values_list("state", flat=True)
    return {state: list(rows).count(state) for state in sorted(set(rows))}


def test_the_pictures_bear_names_that_an_editor_reads(loaded: None, db: None) -> None:
    titles = get_image_model().objects.values_list("title", flat=True)
    assert [title for title in titles if re.search("[A-Za-z]", title)] == []


def test_each_event_stands_in_its_phase(events: dict[str, EventPage]) -> None:
    assert {slug: event.phase for slug, event in events.items()} == EVENTS
    days = [
        (timezone.localdate(event.sessions.get().starts_at) - timezone.localdate()).days
        for event in events.values()
    ]
    assert days == [13, 10, -18, -1]


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
    assert [bool(row.event_id) for row in plan] == [True] * 4 + [False] * 3
    for row in plan.exclude(event=None):
        held = timezone.localdate(Session.objects.get(event=row.event_id).starts_at)
        assert (row.year, row.month) == (held.year, held.month)


@pytest.fixture
def held(events: dict[str, EventPage]) -> Session:
    """The hearing of yesterday."""
    return events["waste-fee-hearing"].sessions.get()


def test_yesterdays_hearing_was_prepared_as_the_law_wants(held: Session) -> None:
    hearing = held.hearing
    assert is_ready(hearing)
    assert hearing.ready_at < held.starts_at
    assert len(hearing.participants) == 9
    assert (hearing_day(held) - hearing.materials_delivered_on).days >= MATERIALS_DAYS
    states = [row.state for row in held.registrations.all()]
    assert sorted(states) == [State.ATTENDED] * 8 + [State.NO_SHOW]
    for arrival in CheckIn.objects.filter(registration__session=held):
        assert timedelta(0) < held.starts_at - arrival.scanned_at < timedelta(hours=1)
    waiting = Message.objects.to_phone().filter(contact__registrations__session=held)
    assert not waiting.exists()


def test_its_steps_lie_on_their_days(held: Session) -> None:
    entries = {row.action: row.timestamp for row in history(held.hearing)}
    assert list(entries) == [
        f"openday.{name}" for name in ("record", "ready", "materials", "participants")
    ]
    assert entries["openday.materials"].date() < entries["openday.ready"].date()
    assert entries["openday.ready"] < held.starts_at < entries["openday.record"]


def test_whoever_tries_it_can_finish_its_record(held: Session) -> None:
    user = User.objects.get(username="editor")
    with pytest.raises(SeatRefused, match="笔录还缺：陈述、询问、质证、辩论、记录人"):
        close_record(session=held, user=user)
    said = held.hearing.said.all()
    assert [row.confirmed_on for row in said] == [hearing_day(held), None]
    draft = DecisionDraftPage.objects.get(slug="waste")
    given = hand_over(said=said[0], target=Target(draft), user=user)
    opinion = opinion_of(given)
    assert opinion is not None
    assert (opinion.submission.channel, opinion.submission.received_on) == (
        Channel.HEARING,
        hearing_day(held),
    )
    note_silent(session=held, user=user)
    for row in held.hearing.said.all():
        row.confirmed_on = hearing_day(held)
        change_statement(statement=row, user=user)
    words = dict.fromkeys(("statements", "questions", "debate"), "无")
    write_record(session=held, user=user, recorder="小林", **words)
    assert close_record(session=held, user=user).closed_at


def test_the_record_that_somebody_fills_in_stays_young(held: Session) -> None:
    user = User.objects.get(username="editor")
    row = held.hearing.said.last()
    row.confirmed_on = timezone.localdate()
    change_statement(statement=row, user=user)
    with time_machine.travel(timezone.now() + TWELVE_DAYS, tick=False):
        keep_demo_young()
        row.refresh_from_db()
        moved = Session.objects.get(pk=held.pk)
        assert row.confirmed_on == hearing_day(moved) + timedelta(days=1) == timezone.localdate()
