"""Review: approved where a seat is free, else in line; refused and taken back with a reason."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from notify.models import Message
from openday.enums import SeatMethod, State
from openday.models import Actor, Registration, SeatGroup, Session
from openday.refusals import ChangedMeanwhile, NoSeatLeft, SeatRefused
from openday.services.answering import cancel
from openday.services.deciding import (
    approve,
    approve_many,
    reject,
    reject_many,
    revoke,
    verify_person,
)
from openday.services.drawing import freeze_list
from openday.services.sessions import cancel_session
from publishing.models import User
from tests.factories.openday import (
    make_drawn_group,
    make_group,
    make_officer_of,
    make_registration,
)


@pytest.fixture
def reviewed(session: Session) -> SeatGroup:
    return make_group(session, method=SeatMethod.REVIEW)


@pytest.fixture
def officer(session: Session) -> User:
    return make_officer_of(session.event)


def pending(group: SeatGroup, number: int) -> list[Registration]:
    return [make_registration(group, email=f"p{n}@example.com") for n in range(number)]


def state_of(row: Registration) -> str:
    return Registration.objects.values_list("state", flat=True).get(pk=row.pk)


def told(row: Registration, kind: str) -> Message:
    return Message.objects.get(kind=f"openday_{kind}", contact=row.contact)


def method_of(message: Message) -> str:
    return "".join(line for line in message.calendar.splitlines() if line.startswith("METHOD"))


def test_the_approved_get_seats_and_the_next_stand_in_line(
    reviewed: SeatGroup, officer: User
) -> None:
    rows = pending(reviewed, 3)
    states = [approve(registration=row, user=officer).state for row in rows]
    assert states == [State.CONFIRMED, State.CONFIRMED, State.WAITLISTED]
    step = rows[0].transitions.last()
    assert step
    assert (step.from_state, step.actor, step.by) == ("pending", Actor.STAFF, officer)
    assert method_of(told(rows[0], "decision")) == "METHOD:REQUEST"
    assert "名额已经确认" in told(rows[0], "decision").body
    assert (told(rows[2], "decision").calendar, "列入候补" in told(rows[2], "decision").body) == (
        "",
        True,
    )


def test_who_is_approved_does_not_jump_the_queue(reviewed: SeatGroup, officer: User) -> None:
    rows = pending(reviewed, 4)
    for row in rows[:3]:
        approve(registration=row, user=officer)
    cancel(registration=rows[0])
    assert state_of(rows[2]) == State.OFFERED
    assert approve(registration=rows[3], user=officer).state == State.WAITLISTED


def test_a_full_queue_refuses_and_the_registration_stays_pending(
    session: Session, officer: User
) -> None:
    group = make_group(session, method=SeatMethod.REVIEW, waiting_limit=0)
    rows = pending(group, 3)
    outcomes = approve_many(registrations=reversed(rows), user=officer)
    assert [one.registration.pk for one in outcomes] == [row.pk for row in rows]
    assert [bool(one.refusal) for one in outcomes] == [False, False, True]
    assert state_of(rows[2]) == State.PENDING
    with pytest.raises(NoSeatLeft, match="候补都已满"):
        approve(registration=rows[2], user=officer)


def test_after_the_cut_off_nobody_is_put_into_a_queue_that_stands_still(
    reviewed: SeatGroup, officer: User
) -> None:
    rows = pending(reviewed, 3)
    with time_machine.travel(reviewed.session.offers_until, tick=False):
        for row in rows[:2]:
            assert approve(registration=row, user=officer).state == State.CONFIRMED
        with pytest.raises(NoSeatLeft, match="递补也已截止"):
            approve(registration=rows[2], user=officer)
    assert state_of(rows[2]) == State.PENDING


def test_nobody_is_approved_twice(reviewed: SeatGroup, officer: User) -> None:
    [row] = pending(reviewed, 1)
    approve(registration=row, user=officer)
    with pytest.raises(ChangedMeanwhile):
        approve(registration=row, user=officer)
    assert (row.transitions.count(), Message.objects.filter(kind="openday_decision").count()) == (
        2,
        1,
    )


def test_lots_and_offers_are_not_approved(session: Session, officer: User) -> None:
    """Both may become seats, but not by this."""
    drawn, group = make_drawn_group(session), make_group(session, quota=1)
    ticket = make_registration(drawn)
    rows = [make_registration(group) for _ in range(2)]
    cancel(registration=rows[0])
    for row in (ticket, rows[1]):
        before = state_of(row)
        with pytest.raises(ChangedMeanwhile):
            approve(registration=row, user=officer)
        assert state_of(row) == before


def test_nobody_is_approved_for_what_is_called_off_or_over(
    reviewed: SeatGroup, officer: User
) -> None:
    rows = pending(reviewed, 2)
    with time_machine.travel(reviewed.session.ends_at, tick=False), pytest.raises(SeatRefused):
        approve(registration=rows[0], user=officer)
    cancel_session(session=reviewed.session, user=officer, reason="暴雨")
    with pytest.raises(SeatRefused):
        approve(registration=rows[0], user=officer)
    assert state_of(rows[0]) == State.REVOKED


@pytest.mark.parametrize("action", [reject, revoke])
def test_a_refusal_says_why(reviewed: SeatGroup, officer: User, action: Any) -> None:
    [row] = pending(reviewed, 1)
    with pytest.raises(SeatRefused) as refusal:
        action(registration=row, user=officer, reason=" \n ")
    assert (refusal.value.field, state_of(row)) == ("reason", State.PENDING)


def test_the_rejected_are_told_why(reviewed: SeatGroup, officer: User) -> None:
    [row] = pending(reviewed, 1)
    reject(registration=row, user=officer, reason="不住在 \n 本镇")
    assert state_of(row) == State.REJECTED
    step = row.transitions.last()
    assert step
    assert step.reason == "不住在 本镇"
    assert "理由：不住在 本镇" in told(row, "decision").body
    assert told(row, "decision").calendar == ""


def test_a_seat_is_not_rejected_but_revoked_and_goes_to_the_next(
    reviewed: SeatGroup, officer: User
) -> None:
    rows = pending(reviewed, 3)
    approve_many(registrations=rows, user=officer)
    with pytest.raises(ChangedMeanwhile):
        reject(registration=rows[0], user=officer, reason="条件不符")
    revoke(registration=rows[0], user=officer, reason="条件不符")
    assert [state_of(row) for row in rows] == [State.REVOKED, State.CONFIRMED, State.OFFERED]
    assert method_of(told(rows[0], "revoked")) == "METHOD:CANCEL"
    assert "条件不符" in told(rows[0], "revoked").body


def test_who_had_no_seat_gets_no_calendar_to_take_it_off(
    reviewed: SeatGroup, officer: User
) -> None:
    [row] = pending(reviewed, 1)
    revoke(registration=row, user=officer, reason="重复")
    assert told(row, "revoked").calendar == ""


def test_many_are_rejected_with_one_reason(reviewed: SeatGroup, officer: User) -> None:
    rows = pending(reviewed, 3)
    approve(registration=rows[1], user=officer)
    outcomes = reject_many(registrations=rows, user=officer, reason="条件不符")
    assert [bool(one.refusal) for one in outcomes] == [False, True, False]
    assert [state_of(row) for row in rows] == [State.REJECTED, State.CONFIRMED, State.REJECTED]


def test_a_lapsed_offer_is_given_before_somebody_is_approved(
    reviewed: SeatGroup, officer: User
) -> None:
    """No sweeper came by: approving settles the seats first."""
    rows = pending(reviewed, 4)
    for row in rows[:3]:
        approve(registration=row, user=officer)
    cancel(registration=rows[0])
    soon = reviewed.session.registration_opens_at + timedelta(days=11)
    Registration.objects.filter(pk=rows[2].pk).update(offer_expires_at=soon)
    with time_machine.travel(soon, tick=False):
        assert approve(registration=rows[3], user=officer).state == State.CONFIRMED
    assert state_of(rows[2]) == State.LAPSED


def held(group: SeatGroup, number: int = 1) -> list[Registration]:
    """Sent without a script, so without a proof that a person sent it."""
    code = group.invitation_code
    return [make_registration(group, held_for_review=True, invitation=code) for _ in range(number)]


def test_what_nobody_looked_at_holds_no_seat(session: Session, officer: User) -> None:
    """The session has two seats."""
    group = make_group(session)
    rows = held(group, 3)
    assert [row.state for row in rows] == [State.PENDING] * 3
    assert [make_registration(group).state for _ in range(2)] == [State.CONFIRMED] * 2
    with pytest.raises(SeatRefused, match="请先核验"):
        approve(registration=rows[0], user=officer)


def test_released_it_gets_its_place_by_its_time(session: Session, officer: User) -> None:
    group = make_group(session, waiting_limit=1)
    early, late = held(group, 2)
    assert verify_person(registration=early, user=officer).state == State.CONFIRMED
    make_registration(group)
    waits = make_registration(group)
    assert waits.state == State.WAITLISTED
    assert verify_person(registration=late, user=officer).state == State.WAITLISTED
    queue = list(group.registrations.waiting().values_list("pk", flat=True))
    assert queue == [late.pk, waits.pk]
    last = held_later(group, waits)
    with pytest.raises(NoSeatLeft):
        verify_person(registration=last, user=officer)
    assert (state_of(last), fresh(last).held_for_review) == (State.PENDING, True)


def held_later(group: SeatGroup, than: Registration) -> Registration:
    """One that was sent while there was a place in line, but after another."""
    [row] = [make_registration(make_group(group.session), held_for_review=True)]
    later = than.created_at + timedelta(seconds=1)
    Registration.objects.filter(pk=row.pk).update(group=group, created_at=later)
    return row


def fresh(row: Registration) -> Registration:
    return Registration.objects.get(pk=row.pk)


@pytest.mark.parametrize(
    ("method", "state"),
    [(SeatMethod.REVIEW, State.PENDING), (SeatMethod.INVITED, State.CONFIRMED)],
)
def test_each_kind_of_group_gives_its_own(
    session: Session, officer: User, method: SeatMethod, state: State
) -> None:
    [row] = held(make_group(session, method=method))
    assert row.state == State.PENDING
    released = verify_person(registration=row, user=officer)
    assert (released.state, released.held_for_review) == (state, False)


def test_a_draw_waits_for_a_look_at_all(session: Session, officer: User) -> None:
    drawn = make_drawn_group(session)
    seen, junk = held(drawn, 2)
    with time_machine.travel(session.registration_closes_at, tick=False):
        with pytest.raises(SeatRefused, match="还有2份报名没有核验"):
            freeze_list(group=drawn, user=officer)
        assert verify_person(registration=seen, user=officer).state == State.IN_DRAW
        reject(registration=junk, user=officer, reason="不是本人报名")
        run = freeze_list(group=drawn, user=officer)
    assert [entry["number"] for entry in run.entries] == [seen.receipt.number]
