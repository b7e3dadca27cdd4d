"""What people do with their places: take an offer, or not, come again after a move, give up."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from notify.models import Message
from openday.enums import State
from openday.models import Actor, Registration, SeatGroup, Session
from openday.refusals import ChangedMeanwhile, SeatRefused
from openday.services.answering import accept_offer, cancel, decline_offer, reconfirm
from openday.services.sessions import cancel_session, change_session
from openday.services.sweeping import sweep
from publishing.models import User
from tests.factories.openday import make_officer_of, make_registration


@pytest.fixture
def officer(session: Session) -> User:
    return make_officer_of(session.event)


@pytest.fixture
def offered(group: SeatGroup) -> Registration:
    """The third of two seats, after the first one cancelled."""
    rows = [make_registration(group, email=f"p{n}@example.com") for n in range(4)]
    cancel(registration=rows[0])
    return Registration.objects.get(pk=rows[2].pk)


def events(row: Registration, kind: str) -> list[tuple[str, str, int]]:
    """The calendars that went with the messages: method, UID, sequence."""
    found = []
    for message in Message.objects.filter(contact=row.contact, kind=f"openday_{kind}"):
        if message.calendar:
            calendar = Calendar.from_ical(message.calendar)
            [event] = calendar.walk("VEVENT")
            found.append((str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"])))
    return found


def move_day(session: Session, user: User, again: datetime | None) -> Session:
    stored = Session.objects.get(pk=session.pk)
    for name in ("starts_at", "ends_at"):
        setattr(stored, name, getattr(stored, name) + timedelta(days=7))
    return change_session(session=stored, user=user, reconfirm_by=again)


def test_an_offer_that_is_taken_is_a_seat_with_a_calendar(offered: Registration) -> None:
    row = accept_offer(registration=offered)
    assert (row.state, row.offer_expires_at) == (State.CONFIRMED, None)
    assert [method for method, _uid, _sequence in events(row, "seat")] == ["REQUEST"]
    step = row.transitions.last()
    assert step
    assert (step.actor, step.by) == (Actor.PERSON, None)


def test_the_calendar_by_mail_names_whom_it_is_for(offered: Registration) -> None:
    """A REQUEST has an ATTENDEE (RFC 5546, 3.2.2); without one, mail programs pass it over."""
    cancel(registration=accept_offer(registration=offered))
    named = [
        str(Calendar.from_ical(message.calendar).walk("VEVENT")[0].get("ATTENDEE"))
        for message in Message.objects.filter(contact=offered.contact)
        if message.calendar
    ]
    assert named == ["mailto:p2@example.com"] * 2


def test_the_calendar_of_a_session_called_off_says_so_once(
    offered: Registration, session: Session, officer: User
) -> None:
    """STATUS twice is no calendar (RFC 5545, 3.6.1), and strict programs keep the old entry."""
    accept_offer(registration=offered)
    cancel_session(session=session, user=officer, reason="大雨")
    told = Message.objects.get(contact=offered.contact, kind="openday_revoked")
    lines = told.calendar.splitlines()
    assert [line for line in lines if line.startswith("STATUS")] == ["STATUS:CANCELLED"]


def test_staff_who_heard_it_on_the_phone_are_named(offered: Registration, officer: User) -> None:
    row = accept_offer(registration=offered, user=officer)
    step = row.transitions.last()
    assert step
    assert (step.actor, step.by) == (Actor.STAFF, officer)


def test_an_answered_offer_is_no_longer_called(offered: Registration) -> None:
    offer = Message.objects.get(contact=offered.contact, kind="openday_offer")
    Message.objects.filter(pk=offer.pk).update(state="unsent", next_try_at=None)
    accept_offer(registration=offered)
    offer.refresh_from_db()
    assert offer.state == "withdrawn"


def test_to_the_second_an_offer_is_over_though_nobody_swept(offered: Registration) -> None:
    end = timezone.now() + timedelta(hours=2)
    Registration.objects.filter(pk=offered.pk).update(offer_expires_at=end)
    with time_machine.travel(end, tick=False), pytest.raises(ChangedMeanwhile):
        accept_offer(registration=offered)
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert accept_offer(registration=offered).state == State.CONFIRMED


def test_who_declines_twice_is_told_so(offered: Registration) -> None:
    decline_offer(registration=offered)
    with pytest.raises(ChangedMeanwhile):
        decline_offer(registration=offered)
    assert offered.transitions.filter(to_state=State.CANCELLED).count() == 1


def test_who_cancels_twice_cancels_once(group: SeatGroup) -> None:
    row = make_registration(group, email="a@example.com")
    for _time in range(2):
        assert cancel(registration=row).state == State.CANCELLED
    [(method, uid, sequence)] = events(row, "cancelled")
    [(asked, same, first)] = events(row, "receipt")
    assert (method, asked, uid, sequence) == ("CANCEL", "REQUEST", same, first)


def test_who_waited_has_nothing_in_the_calendar(offered: Registration) -> None:
    waiting = Registration.objects.get(state=State.WAITLISTED)
    cancel(registration=waiting)
    decline_offer(registration=offered)
    assert events(waiting, "cancelled") == events(offered, "cancelled") == []


@pytest.mark.parametrize("state", [State.ATTENDED, State.NO_SHOW, State.REVOKED, State.LAPSED])
def test_what_is_over_is_not_cancelled(group: SeatGroup, state: State) -> None:
    row = make_registration(group)
    Registration.objects.filter(pk=row.pk).update(state=state)
    with pytest.raises(ChangedMeanwhile):
        cancel(registration=row)


def test_a_moved_session_asks_again_with_a_higher_sequence(group: SeatGroup, officer: User) -> None:
    row = make_registration(group, email="a@example.com")
    again = timezone.now() + timedelta(days=3)
    move_day(group.session, officer, again)
    row.refresh_from_db()
    assert row.reconfirm_by == again
    [(_request, uid, first)] = events(row, "receipt")
    assert events(row, "moved") == [("REQUEST", uid, first + 1)]
    assert reconfirm(registration=row).reconfirm_by is None
    with pytest.raises(ChangedMeanwhile):
        reconfirm(registration=row)


def test_silence_is_asked_by_phone_and_an_answer_ends_it(group: SeatGroup, officer: User) -> None:
    row = make_registration(group, email="a@example.com")
    again = timezone.now() + timedelta(days=3)
    move_day(group.session, officer, again)
    with time_machine.travel(again, tick=False):
        sweep()
        call = Message.objects.get(kind="openday_ask")
        assert (call.channel, call.state) == ("phone", "unsent")
        reconfirm(registration=row)
        sweep()
    call.refresh_from_db()
    assert (call.state, Message.objects.filter(kind="openday_ask").count()) == ("withdrawn", 1)


def test_the_silent_keep_their_seats(group: SeatGroup, officer: User) -> None:
    row = make_registration(group)
    again = timezone.now() + timedelta(days=3)
    move_day(group.session, officer, again)
    with time_machine.travel(again, tick=False):
        sweep()
        row.refresh_from_db()
        assert row.state == State.CONFIRMED
        cancel(registration=row)
    assert Message.objects.get(kind="openday_ask").state == "withdrawn"


def test_after_the_end_nobody_is_asked_whether_they_come(group: SeatGroup, officer: User) -> None:
    """The sweeper may have stood still meanwhile; and what is over isn't looked at for ever."""
    row = make_registration(group)
    session = move_day(group.session, officer, timezone.now() + timedelta(days=3))
    with time_machine.travel(session.ends_at, tick=False):
        assert [sweep(), sweep()] == [1, 0]
    row.refresh_from_db()
    assert (row.state, Message.objects.filter(kind="openday_ask").count()) == (State.NO_SHOW, 0)


def test_nobody_asks_who_was_not_asked(group: SeatGroup) -> None:
    with pytest.raises(ChangedMeanwhile):
        reconfirm(registration=make_registration(group))


def test_after_the_start_an_offer_is_not_taken(offered: Registration) -> None:
    Registration.objects.filter(pk=offered.pk).update(
        offer_expires_at=offered.session.starts_at + timedelta(hours=1)
    )
    with time_machine.travel(offered.session.starts_at, tick=False):
        with pytest.raises(ChangedMeanwhile, match="取消或开始"):
            accept_offer(registration=offered)
        with pytest.raises(SeatRefused):
            cancel(registration=offered)
