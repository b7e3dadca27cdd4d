"""New registrations: the window, one person one place, and where each method puts them."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from notify.models import Message
from openday import notices
from openday.enums import Origin, SeatMethod, State
from openday.models import Actor, Registration, SeatGroup, Session
from openday.refusals import (
    AlreadyRegistered,
    KeyTaken,
    NoSeatLeft,
    RegistrationClosed,
    SeatRefused,
)
from openday.services import registering
from openday.services.answering import cancel
from openday.services.looking import Glimpse
from openday.services.sessions import cancel_session
from tests.factories.openday import (
    make_drawn_group,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
)


def test_the_first_come_get_seats_and_the_next_wait(group: SeatGroup) -> None:
    rows = [make_registration(group) for _ in range(4)]
    expected = [State.CONFIRMED, State.CONFIRMED, State.WAITLISTED, State.WAITLISTED]
    assert [row.state for row in rows] == expected
    assert [row.place_in_line for row in rows] == [None, None, 1, 2]


def test_every_registration_has_its_first_transition(group: SeatGroup) -> None:
    row = make_registration(group)
    step = row.transitions.get()
    assert (step.from_state, step.to_state, step.actor) == ("", State.CONFIRMED, Actor.PERSON)


def test_by_phone_the_same_rules_hold_and_the_history_names_who_entered_it(
    group: SeatGroup,
) -> None:
    officer = make_officer_of(group.session.event)
    row = make_registration(group, origin=Origin.PHONE, entered_by=officer)
    step = row.transitions.get()
    assert (row.state, step.actor, step.by) == (State.CONFIRMED, Actor.STAFF, officer)


@pytest.mark.parametrize("written", ["13800138000", "+86 138 0013 8000", "138-0013-8000"])
def test_one_phone_however_written_has_one_place(group: SeatGroup, written: str) -> None:
    make_registration(group, phone="０１３８００１３８０００"[1:])
    with pytest.raises(AlreadyRegistered):
        make_registration(group, phone=written)
    assert Registration.objects.count() == 1


def test_who_cancelled_may_register_again(group: SeatGroup) -> None:
    first = make_registration(group, phone="13800138000")
    cancel(registration=first)
    assert make_registration(group, phone="13800138000").state == State.CONFIRMED


def test_another_session_is_another_place(group: SeatGroup) -> None:
    other = make_group(make_session(group.session.event))
    make_registration(group, phone="13800138000")
    assert make_registration(other, phone="13800138000").state == State.CONFIRMED


def test_staff_may_enter_several_of_a_household_on_one_phone(group: SeatGroup) -> None:
    officer = make_officer_of(group.session.event)
    make_registration(group, phone="13800138000")
    entry = {"origin": Origin.PHONE, "entered_by": officer}
    with pytest.raises(AlreadyRegistered):
        make_registration(group, phone="13800138000", **entry)
    more = make_registration(group, phone="13800138000", one_more=True, **entry)
    third = make_registration(group, phone="13800138000", one_more=True, **entry)
    assert [more.household, third.household] == [1, 2]


def test_the_web_may_not_ask_for_several(group: SeatGroup) -> None:
    make_registration(group, phone="13800138000")
    with pytest.raises(AlreadyRegistered):
        make_registration(group, phone="13800138000", one_more=True)


def test_the_same_key_again_gives_the_same_registration(group: SeatGroup) -> None:
    key = uuid.uuid4()
    first = make_registration(group, phone="13800138000", key=key)
    again = make_registration(group, phone="13800138000", key=key)
    assert (again.pk, Registration.objects.count(), Message.objects.count()) == (first.pk, 1, 1)


def test_a_key_of_another_group_is_refused(group: SeatGroup) -> None:
    key = uuid.uuid4()
    make_registration(group, key=key)
    with pytest.raises(KeyTaken):
        make_registration(make_group(group.session), key=key)


@pytest.mark.parametrize(
    ("name", "seconds", "taken"),
    [
        ("registration_opens_at", -1, False),
        ("registration_opens_at", 0, True),
        ("registration_closes_at", -1, True),
        ("registration_closes_at", 0, False),
    ],
)
def test_the_window_counts_to_the_second(
    group: SeatGroup, name: str, seconds: int, taken: bool
) -> None:
    moment = getattr(group.session, name) + timedelta(seconds=seconds)
    with time_machine.travel(moment, tick=False):
        if taken:
            assert make_registration(group).state == State.CONFIRMED
        else:
            with pytest.raises(RegistrationClosed):
                make_registration(group)


def test_a_window_that_closes_meanwhile_is_seen_under_the_lock(group: SeatGroup) -> None:
    """The form was opened in time, with a session read in time."""
    stale = SeatGroup.objects.select_related("session").get(pk=group.pk)
    assert stale.session.takes_registrations()
    opens = stale.session.registration_opens_at
    Session.objects.filter(pk=stale.session_id).update(
        registration_closes_at=opens + timedelta(seconds=1)
    )
    with pytest.raises(RegistrationClosed):
        make_registration(stale)
    assert Registration.objects.count() == 0


def test_a_cancelled_session_takes_nobody(group: SeatGroup) -> None:
    officer = make_officer_of(group.session.event)
    cancel_session(session=group.session, user=officer, reason="暴雨")
    with pytest.raises(RegistrationClosed):
        make_registration(group)


@pytest.mark.parametrize(
    ("method", "state"),
    [(SeatMethod.FIRST_COME, State.CONFIRMED), (SeatMethod.REVIEW, State.PENDING)],
)
def test_each_method_begins_where_it_should(
    session: Session, method: SeatMethod, state: State
) -> None:
    assert make_registration(make_group(session, method=method)).state == state


def test_a_draw_takes_everybody_into_its_list(session: Session) -> None:
    group = make_drawn_group(session, quota=1)
    assert [make_registration(group).state for _ in range(3)] == [State.IN_DRAW] * 3


def test_invited_people_need_the_code_of_their_invitation(session: Session) -> None:
    group = make_group(session, method=SeatMethod.INVITED, quota=1)
    with pytest.raises(SeatRefused) as refusal:
        make_registration(group)
    assert refusal.value.field == "invitation"
    row = make_registration(group, invitation=group.invitation_code.lower())
    assert row.state == State.CONFIRMED


@pytest.mark.parametrize("typed", ["6htc a1yw", "６HTC-A1YW", "6HTCAIYW", " 6htcalyw "])
def test_a_code_is_known_however_it_is_written(session: Session, typed: str) -> None:
    group = make_group(session, method=SeatMethod.INVITED)
    SeatGroup.objects.filter(pk=group.pk).update(invitation_code="6HTCA1YW")
    group.refresh_from_db()
    assert make_registration(group, invitation=typed).state == State.CONFIRMED


def test_who_has_a_code_but_comes_too_late_is_told_whom_to_ask(session: Session) -> None:
    """To adjust seats is for staff to do, who read so when they enter somebody."""
    group = make_group(session, method=SeatMethod.INVITED, quota=1)
    make_registration(group, invitation=group.invitation_code)
    with pytest.raises(NoSeatLeft, match="请联系推荐、邀请您的单位") as refusal:
        make_registration(group, invitation=group.invitation_code)
    assert refusal.value.field == "group"


def test_named_people_are_refused_where_no_seat_is_left(session: Session) -> None:
    group = make_group(session, method=SeatMethod.NOMINATED, quota=1)
    officer = make_officer_of(session.event)
    entry = {"origin": Origin.LIST, "entered_by": officer, "may_name": True}
    make_registration(group, **entry)
    with pytest.raises(NoSeatLeft, match="请先调整名额"):
        make_registration(group, **entry)


def test_who_may_name_people_enters_them_after_registration_closed(session: Session) -> None:
    group = make_group(session, method=SeatMethod.NOMINATED)
    entry = {"origin": Origin.LIST, "entered_by": make_officer_of(session.event)}
    with time_machine.travel(session.registration_closes_at + timedelta(hours=1), tick=False):
        row = make_registration(group, **entry, may_name=True)
        with pytest.raises(RegistrationClosed):
            make_registration(group, **entry, invitation=group.invitation_code)
    assert row.state == State.CONFIRMED


def test_who_only_takes_calls_needs_the_code_of_an_invitation(session: Session) -> None:
    group = make_group(session, method=SeatMethod.NOMINATED)
    entry = {"origin": Origin.PHONE, "entered_by": make_officer_of(session.event)}
    with pytest.raises(SeatRefused) as refusal:
        make_registration(group, **entry)
    assert refusal.value.field == "invitation"
    row = make_registration(group, **entry, invitation=group.invitation_code)
    assert row.state == State.CONFIRMED


@pytest.mark.parametrize(("limit", "waiting"), [(0, 0), (1, 1)])
def test_a_waiting_list_has_its_limit(session: Session, limit: int, waiting: int) -> None:
    group = make_group(session, waiting_limit=limit)
    for _seat in range(session.capacity + waiting):
        make_registration(group)
    with pytest.raises(NoSeatLeft):
        make_registration(group)


def test_minimums_of_other_groups_are_kept(session: Session) -> None:
    first, second = make_group(session), make_group(session, minimum=1)
    states = [make_registration(first).state for _ in range(2)]
    assert states == [State.CONFIRMED, State.WAITLISTED]
    assert make_registration(second).state == State.CONFIRMED


def test_a_full_group_does_not_stall_another(session: Session) -> None:
    first, second = make_group(session, quota=1), make_group(session)
    assert [make_registration(first).state for _ in range(2)] == [
        State.CONFIRMED,
        State.WAITLISTED,
    ]
    assert make_registration(second).state == State.CONFIRMED


def test_the_receipt_is_told_with_the_exact_status(group: SeatGroup) -> None:
    make_registration(group, email="a@example.com")
    make_registration(group, email="b@example.com")
    make_registration(group, email="c@example.com")
    bodies = [message.body for message in Message.objects.order_by("pk")]
    assert ["名额已经确认" in body for body in bodies] == [True, True, False]
    assert "列入候补" in bodies[2]
    calendars = [message.calendar for message in Message.objects.order_by("pk")]
    assert ["METHOD:REQUEST" in calendar for calendar in calendars] == [True, True, False]


def test_a_receipt_written_before_the_lock_is_the_one_that_would_be_written_after(
    group: SeatGroup,
) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        row = make_registration(group, email="a@example.com")
        told = Message.objects.get()
        late = notices.compose_receipt(row)
        assert (told.body, told.calendar, told.subject) == (late.body, late.calendar, late.subject)
        assert told.dedupe_key == f"openday-receipt-{row.pk}-"


def test_what_changed_before_the_lock_stands_in_the_receipt(
    group: SeatGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session moved, or the last seat went, between the first look and the lock."""
    stale = SeatGroup.objects.select_related("session").get(pk=group.pk)
    Session.objects.filter(pk=stale.session_id).update(place="新的会议室")
    make_registration(stale)
    assert "新的会议室" in Message.objects.get().body
    monkeypatch.setattr(registering, "glimpse", lambda *_who: Glimpse(free=1))
    make_registration(group)
    row = make_registration(group)
    assert row.state == State.WAITLISTED
    assert "列入候补" in Message.objects.get(contact=row.contact).body


def test_a_refused_registration_leaves_nothing(group: SeatGroup) -> None:
    make_registration(group, phone="13800138000")
    with pytest.raises(AlreadyRegistered):
        make_registration(group, phone="13800138000")
    assert (Registration.objects.count(), Message.objects.count()) == (1, 1)


def test_who_waits_is_told_to_expect_what_can_come(group: SeatGroup, settings: Any) -> None:
    settings.SMS_GATEWAY_URL = settings.NOTIFY_EMAIL = ""
    for _seat in range(group.session.capacity):
        make_registration(group)
    row = make_registration(group, email="p@example.com")
    words = [notices.told_by(row)]
    settings.NOTIFY_EMAIL = True
    words.append(notices.told_by(row))
    assert words == ["来电", "邮件和来电"]
    assert "短信" not in Message.objects.filter(contact=row.contact).latest("pk").body
