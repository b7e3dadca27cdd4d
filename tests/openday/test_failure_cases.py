"""What goes wrong at a counter, on a phone, or in somebody's mind: one at a time.

What needs two at the same moment stands in tests/concurrency/test_seat_moments.py.
"""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from notify.email import build_email
from notify.models import Message
from openday.calendar import calendar_of, pass_calendar
from openday.enums import Origin, State
from openday.models import EventPage, Registration, SeatGroup, Session, Transition
from openday.refusals import (
    AlreadyRegistered,
    ChangedMeanwhile,
    KeyTaken,
    RegistrationClosed,
    SeatRefused,
)
from openday.services.answering import accept_offer, cancel
from openday.services.checking_in import check_in, undo_check_in
from openday.services.registering import Applicant, register
from openday.services.sessions import cancel_session, change_session
from openday.services.sweeping import sweep
from people.models import Contact, Receipt
from tests.factories.consultation import make_notice
from tests.factories.openday import (
    make_event,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
)

HOSTILE = '开放日"; drop\r\nBcc: a@example.org\r\nBEGIN:VALARM\x0b,\\;\u2028STATUS:CANCELLED'


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "+8613800138000",
        "+86 138-0013-8000",
        "0086 138 0013 8000",
        "138 0013 8000",
        "(+86)138-0013-8000",
        "１３８００１３８０００",
        "138\u20130013\u20138000",
        "\u200b13800138000",
    ],
)
def test_one_phone_in_whatever_writing_is_one_person(group: SeatGroup, written: str) -> None:
    make_registration(group, phone="13800138000")
    with pytest.raises(AlreadyRegistered):
        make_registration(group, phone=written)


def test_a_form_sent_again_brings_the_same_and_no_second_message(group: SeatGroup) -> None:
    key = uuid.uuid4()
    rows = [make_registration(group, phone="13800138000", key=key) for _ in range(3)]
    assert len({row.pk for row in rows}) == 1
    counts = [model.objects.count() for model in (Registration, Transition, Message, Receipt)]
    assert counts == [1, 1, 1, 1]


def test_a_form_sent_again_after_closing_still_shows_its_receipt(group: SeatGroup) -> None:
    """The answer was lost on the way; the person has their seat."""
    key = uuid.uuid4()
    first = make_registration(group, phone="13800138000", key=key)
    with time_machine.travel(group.session.registration_closes_at, tick=False):
        assert make_registration(group, phone="13800138000", key=key) == first
        with pytest.raises(RegistrationClosed):
            make_registration(group, phone="13800138001")


def test_a_form_filled_in_anew_for_a_neighbour_is_not_taken_for_a_replay(
    group: SeatGroup,
) -> None:
    """Back, another phone, sent: they must not read that they are registered."""
    key = uuid.uuid4()
    make_registration(group, phone="13800138000", key=key)
    with pytest.raises(KeyTaken):
        make_registration(group, phone="13800138001", key=key)
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(("name", "phone", "field"), [("", "138", "name"), ("张三", " ", "phone")])
def test_nobody_without_name_or_phone(group: SeatGroup, name: str, phone: str, field: str) -> None:
    """No key of a person is no person: two of them would be one."""
    with pytest.raises(SeatRefused) as refusal:
        register(
            group=group,
            applicant=Applicant(name=name, phone=phone),
            idempotency_key=uuid.uuid4(),
            notice=make_notice(),
        )
    assert (refusal.value.field, Contact.objects.count()) == (field, 0)


def test_group_a_full_does_not_stall_b(session: Session) -> None:
    """A's queue is long and its quota reached; a seat that is freed goes to B's queue."""
    first, second = make_group(session, quota=1), make_group(session, quota=2)
    mine = make_registration(first)
    theirs = [make_registration(second)]
    for _ in range(3):
        make_registration(first)
    theirs.append(make_registration(second))
    assert theirs[1].state == State.WAITLISTED
    cancel(registration=theirs[0])
    assert Registration.objects.get(pk=theirs[1].pk).state == State.OFFERED
    assert Registration.objects.filter(group=first).holding().get() == mine


def test_after_the_cut_off_nobody_is_offered_or_lapses_into_an_offer(group: SeatGroup) -> None:
    rows = [make_registration(group, email=f"p{n}@example.com") for n in range(4)]
    cancel(registration=rows[0])
    with time_machine.travel(group.session.offers_until, tick=False):
        with pytest.raises(ChangedMeanwhile):
            accept_offer(registration=rows[2])
        sweep()
        states = [Registration.objects.get(pk=row.pk).state for row in rows[2:]]
        assert states == [State.LAPSED, State.WAITLISTED]
        session = Session.objects.get(pk=group.session_id)
        session.capacity = 9
        change_session(session=session, user=make_officer_of(session.event))
        assert Registration.objects.filter(state=State.OFFERED).count() == 0


def test_capacity_raised_and_lowered_again_takes_no_offer_back(group: SeatGroup) -> None:
    rows = [make_registration(group) for _ in range(3)]
    officer = make_officer_of(group.session.event)
    session = Session.objects.get(pk=group.session_id)
    session.capacity = 3
    change_session(session=session, user=officer)
    session.capacity = 2
    with pytest.raises(SeatRefused, match="已有3个名额被占用"):
        change_session(session=session, user=officer)
    assert Registration.objects.get(pk=rows[2].pk).state == State.OFFERED


def test_a_late_form_meets_a_session_that_was_called_off(group: SeatGroup) -> None:
    stale = SeatGroup.objects.select_related("session").get(pk=group.pk)
    assert stale.session.takes_registrations()
    officer = make_officer_of(group.session.event)
    cancel_session(session=group.session, user=officer, reason="暴雨")
    with pytest.raises(RegistrationClosed, match="已经取消"):
        make_registration(stale)
    assert (Registration.objects.count(), Contact.objects.count()) == (0, 0)


def test_a_place_in_line_that_was_just_left_is_none(group: SeatGroup) -> None:
    """The row was read while it waited; somebody moved it up before the page was made."""
    rows = [make_registration(group) for _ in range(3)]
    waiting = Registration.objects.get(pk=rows[2].pk)
    assert waiting.place_in_line == 1
    cancel(registration=rows[0])
    assert waiting.state == State.WAITLISTED
    assert waiting.place_in_line is None


def test_undoing_a_check_in_makes_no_seat(group: SeatGroup) -> None:
    """The same move's name leads to a seat from elsewhere, too."""
    rows = [make_registration(group) for _ in range(3)]
    officer = make_officer_of(group.session.event)
    cancel(registration=rows[0])
    for row in rows[1:]:
        with pytest.raises(ChangedMeanwhile):
            undo_check_in(registration=row, user=officer, reason="误扫")
    states = [Registration.objects.get(pk=row.pk).state for row in rows]
    assert states == [State.CANCELLED, State.CONFIRMED, State.OFFERED]


def test_a_scan_sent_twice_is_one_arrival(group: SeatGroup) -> None:
    row, officer = make_registration(group), make_officer_of(group.session.event)
    nonce = uuid.uuid4()
    more: dict[str, Any] = {"number": row.receipt.number, "user": officer, "nonce": nonce}
    with time_machine.travel(group.session.starts_at, tick=False):
        first = check_in(session=group.session, **more)
        assert check_in(session=group.session, **more) == first
    assert row.check_ins.count() == 1


def test_many_of_a_household_are_many_people(group: SeatGroup) -> None:
    """One phone, entered by staff; the places of those who cancelled are free again."""
    entry: dict[str, Any] = {
        "origin": Origin.COUNTER,
        "entered_by": make_officer_of(group.session.event),
        "one_more": True,
    }
    rows = [make_registration(group, phone="13800138000", **entry) for _ in range(3)]
    cancel(registration=rows[1])
    again = make_registration(group, phone="13800138000", **entry)
    assert [*(row.household for row in rows), again.household] == [0, 1, 2, 1]


@pytest.fixture
def hostile(db: None) -> EventPage:
    return make_event(title=HOSTILE, theme=HOSTILE, place=HOSTILE)


def test_hostile_words_add_no_line_to_a_calendar(hostile: EventPage) -> None:
    assert hostile.unit
    hostile.unit.name = HOSTILE
    hostile.unit.save()
    session = make_session(hostile, title=HOSTILE[:40])
    row = make_registration(make_group(session))
    for text in (
        pass_calendar(row, method="REQUEST", host="example.org"),
        calendar_of([session], name=HOSTILE, host="example.org"),
    ):
        [event] = Calendar.from_ical(text).walk("VEVENT")
        assert event.get("STATUS") in {None, "CONFIRMED"}
        assert "VALARM" not in {part.name for part in Calendar.from_ical(text).walk()}
        unfolded = text.replace("\r\n ", "")
        names = [line.split(":")[0].split(";")[0] for line in unfolded.splitlines()]
        assert {"Bcc", "BEGIN", "STATUS"} & set(names) <= {"BEGIN", "STATUS"}
        assert names.count("BEGIN") == names.count("END") == 2
        assert str(event["SUMMARY"]) == " ".join(HOSTILE.replace("\x0b", "").split())


def test_hostile_words_add_no_header_to_a_mail(hostile: EventPage) -> None:
    row = make_registration(make_group(make_session(hostile)), email="a@example.com")
    message = Message.objects.get(contact=row.contact)
    assert "\n" not in message.subject
    mail = build_email(message).message()
    assert (mail["Bcc"], mail["To"]) == (None, "a@example.com")
    assert "Bcc: a@example.org" in message.subject


def test_a_hostile_reason_is_one_line_and_no_markup(group: SeatGroup) -> None:
    make_registration(group, email="a@example.com")
    officer = make_officer_of(group.session.event)
    cancel_session(session=group.session, user=officer, reason="雨\r\n\r\n<b>&amp;" + "长" * 400)
    message = Message.objects.get(kind="openday_revoked")
    reason = Session.objects.get(pk=group.session_id).cancel_reason
    assert (len(reason), reason[:11]) == (200, "雨 <b>&amp;长")
    assert f"原因：{reason}" in message.body


def test_a_clock_between_two_looks_gives_no_seat_twice(
    group: SeatGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An offer that ends while seats are counted is either lapsed or held, never neither."""
    rows = [make_registration(group, email=f"p{n}@example.com") for n in range(4)]
    cancel(registration=rows[0])
    end = timezone.now() + timedelta(hours=1)
    Registration.objects.filter(pk=rows[2].pk).update(offer_expires_at=end)
    with time_machine.travel(end - timedelta(microseconds=1), tick=False) as clock:
        real = Session.count

        def count(self: Session, now: Any) -> Any:
            clock.move_to(end)
            return real(self, now)

        monkeypatch.setattr(Session, "count", count)
        late = make_registration(group)
        taken = Registration.objects.filter(state__in=[State.CONFIRMED, State.OFFERED])
        assert (late.state, taken.count()) == (State.WAITLISTED, 2)
