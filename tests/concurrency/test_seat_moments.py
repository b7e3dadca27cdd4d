"""Two at the same moment: one wins, the other is told, and the seats are right either way."""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import time_machine
from django.utils import timezone

from notify.models import Message
from openday.enums import SeatMethod, State
from openday.models import CheckIn, DrawRun, Registration, SeatGroup, Session, Transition
from openday.refusals import (
    AlreadyRegistered,
    ChangedMeanwhile,
    RegistrationClosed,
    SeatRefused,
)
from openday.services.answering import accept_offer, cancel, decline_offer
from openday.services.checking_in import check_in
from openday.services.deciding import approve
from openday.services.drawing import freeze_list, run_draw
from openday.services.sessions import cancel_session, change_session
from openday.services.sweeping import sweep
from publishing.models import User
from tests.concurrency.seat_worker import look, waits_in_vain, wrongs
from tests.factories.consultation import make_notice, make_staff
from tests.factories.openday import (
    make_drawn_group,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
    make_session_at_hand,
)

Race = Callable[[list[Callable[[], Any]]], list[Any]]


def kinds(endings: list[Any]) -> list[str]:
    return sorted(type(ending).__name__ for ending in endings)


def state_of(row: Registration) -> str:
    return Registration.objects.values_list("state", flat=True).get(pk=row.pk)


def assert_right(session: Session) -> None:
    seats = look(session.pk)
    assert (wrongs(seats), waits_in_vain(seats)) == ([], [])


def officers(session: Session) -> list[User]:
    assert session.unit
    return [make_staff(session.unit), make_staff(session.unit)]


def offer_of(group: SeatGroup) -> Registration:
    """One seat; who had it cancelled, and the second one is offered it, a third one waits."""
    rows = [make_registration(group) for _ in range(3)]
    cancel(registration=rows[0])
    return Registration.objects.get(pk=rows[1].pk)


def test_approval_and_a_registration_race_for_the_last_seat(race: Race) -> None:
    session = make_session(capacity=1)
    reviewed, open_to_all = make_group(session, method=SeatMethod.REVIEW), make_group(session)
    row, officer = make_registration(reviewed), make_officer_of(session.event)
    make_notice()
    race(
        [
            partial(approve, registration=row, user=officer),
            *[partial(make_registration, open_to_all)] * 3,
        ]
    )
    assert Registration.objects.holding().count() == 1
    assert Registration.objects.filter(state=State.WAITLISTED).count() == 3
    assert_right(session)


def test_two_officers_approve_one_registration(race: Race) -> None:
    group = make_group(make_session(), method=SeatMethod.REVIEW)
    row = make_registration(group)
    endings = race(
        [partial(approve, registration=row, user=user) for user in officers(group.session)]
    )
    assert kinds(endings) == ["ChangedMeanwhile", "Registration"]
    assert (row.transitions.count(), Message.objects.filter(kind="openday_decision").count()) == (
        2,
        1,
    )


def test_a_double_click_is_one_registration(race: Race) -> None:
    group, key = make_group(make_session()), uuid.uuid4()
    make_notice()
    again = partial(make_registration, group, phone="13800138000", key=key)
    endings = race([again] * 5)
    assert {ending.pk for ending in endings} == {Registration.objects.get().pk}
    assert Message.objects.count() == 1


def test_one_phone_in_five_writings_is_one_registration(race: Race) -> None:
    group = make_group(make_session())
    make_notice()
    writings = [
        "13800138000",
        "+8613800138000",
        "138-0013-8000",
        "138 0013 8000",
        "００８６13800138000",
    ]
    endings = race([partial(make_registration, group, phone=phone) for phone in writings])
    assert kinds(endings) == [AlreadyRegistered.__name__] * 4 + ["Registration"]


def test_accepting_races_with_the_clock(race: Race) -> None:
    """Three sweepers lapse it at the very moment; either way there is one seat."""
    group = make_group(make_session(capacity=1))
    row = offer_of(group)
    end = timezone.now() + timedelta(seconds=1)
    Registration.objects.filter(pk=row.pk).update(offer_expires_at=end)

    def accept() -> Registration:
        time.sleep(max(0, (end - timezone.now()).total_seconds()) - 0.001)
        return accept_offer(registration=row)

    def sweep_then() -> int:
        time.sleep(max(0, (end - timezone.now()).total_seconds()))
        return sweep()

    [ending, *_swept] = race([accept, *[sweep_then] * 3])
    taken = isinstance(ending, Registration)
    assert taken or isinstance(ending, ChangedMeanwhile)
    assert state_of(row) == (State.CONFIRMED if taken else State.LAPSED)
    assert_right(group.session)


def test_two_sweepers_do_it_once(race: Race) -> None:
    group = make_group(make_session(capacity=1))
    row = offer_of(group)
    Registration.objects.filter(pk=row.pk).update(offer_expires_at=timezone.now())
    race([sweep] * 4)
    assert row.transitions.filter(to_state=State.LAPSED).count() == 1
    assert Transition.objects.filter(to_state=State.OFFERED).count() == 2
    assert Message.objects.filter(kind="openday_offer").count() == 2
    assert_right(group.session)


def test_declining_twice_frees_one_seat(race: Race) -> None:
    group = make_group(make_session(capacity=1))
    row = offer_of(group)
    endings = race([partial(decline_offer, registration=row)] * 2)
    assert kinds(endings) == ["ChangedMeanwhile", "Registration"]
    assert Registration.objects.holding().count() == 1


def test_cancelling_twice_frees_one_seat(race: Race) -> None:
    group = make_group(make_session(capacity=1))
    rows = [make_registration(group) for _ in range(3)]
    race([partial(cancel, registration=rows[0])] * 3)
    assert Registration.objects.filter(state=State.OFFERED).count() == 1
    assert Message.objects.filter(kind="openday_cancelled").count() == 1


def test_the_session_closes_while_people_register(race: Race) -> None:
    group = make_group(make_session(capacity=50))
    make_notice()
    end = timezone.now() + timedelta(seconds=1)
    Session.objects.filter(pk=group.session_id).update(registration_closes_at=end)
    known = SeatGroup.objects.select_related("session").get(pk=group.pk)

    def late(wait: float) -> Registration:
        time.sleep(wait)
        return make_registration(known)

    endings = race([partial(late, n * 0.1) for n in range(20)])
    assert set(kinds(endings)) <= {"Registration", RegistrationClosed.__name__}
    assert len(set(kinds(endings))) == 2
    taken = Registration.objects.all()
    assert all(row.transitions.get().at < end + timedelta(seconds=0.5) for row in taken)


def test_the_session_is_called_off_while_people_register(race: Race) -> None:
    """Nobody is left with a seat at what doesn't take place."""
    group = make_group(make_session(capacity=5))
    officer = make_officer_of(group.session.event)
    make_notice()
    people = [partial(make_registration, group) for _ in range(8)]
    off = partial(cancel_session, session=group.session, user=officer, reason="暴雨")
    race([*people[:4], off, *people[4:]])
    assert Registration.objects.active().count() == 0
    revoked = Registration.objects.filter(state=State.REVOKED).count()
    assert Message.objects.filter(kind="openday_revoked").count() == revoked


def test_capacity_goes_up_and_down_while_people_register(race: Race) -> None:
    group = make_group(make_session(capacity=3), quota=20)
    officer = make_officer_of(group.session.event)
    make_notice()

    def resize(capacity: int) -> None:
        session = Session.objects.get(pk=group.session_id)
        session.capacity = capacity
        change_session(session=session, user=officer)

    people = [partial(make_registration, group) for _ in range(10)]
    endings = race([*people, *(partial(resize, n) for n in (5, 2, 8, 3, 6, 1))])
    assert all(isinstance(end, (Registration, SeatRefused, type(None))) for end in endings)
    assert_right(group.session)


def drawn_and_frozen(number: int) -> tuple[SeatGroup, list[Registration]]:
    group = make_drawn_group(make_session(capacity=2), quota=2)
    rows = [make_registration(group) for _ in range(number)]
    closes = timezone.now() - timedelta(seconds=1)
    Session.objects.filter(pk=group.session_id).update(registration_closes_at=closes)
    freeze_list(group=group, user=make_officer_of(group.session.event))
    return group, rows


def test_two_draws_at_once_are_one(race: Race) -> None:
    group, _rows = drawn_and_frozen(4)
    draws = [
        partial(run_draw, group=group, user=user, digits=digits, witness="村民代表")
        for user, digits in zip(officers(group.session), ("1234", "5678"), strict=True)
    ]
    endings = race(draws)
    assert kinds(endings) == ["DrawRun", "SeatRefused"]
    [won] = [ending for ending in endings if isinstance(ending, DrawRun)]
    assert DrawRun.objects.get().digits == won.digits
    assert Transition.objects.filter(from_state=State.IN_DRAW).count() == 4


def test_cancelling_races_with_the_draw(race: Race) -> None:
    """Before it they are passed over by name; after it their seat goes to the next."""
    group, rows = drawn_and_frozen(4)
    officer = make_officer_of(group.session.event)
    draw = partial(run_draw, group=group, user=officer, digits="1234", witness="村民代表")
    race([draw, *(partial(cancel, registration=row) for row in rows[:2])])
    record = DrawRun.objects.get().record
    assert record
    gone = {row.receipt.number for row in rows[:2]}
    assert set(record["withdrawn"]) <= gone
    assert [state_of(row) for row in rows[:2]] == [State.CANCELLED] * 2
    assert Registration.objects.holding().count() == 2
    assert_right(group.session)


def test_a_scan_sent_twice_at_once_is_one_arrival_and_two_devices_are_told(race: Race) -> None:
    group = make_group(make_session_at_hand())
    row, officer = make_registration(group), make_officer_of(group.session.event)
    scan = partial(check_in, session=group.session, number=row.receipt.number, user=officer)
    same, other = uuid.uuid4(), uuid.uuid4()
    endings = race([partial(scan, nonce=same), partial(scan, nonce=same)])
    assert [ending.pk for ending in endings] == [CheckIn.objects.get().pk] * 2
    [late] = race([partial(scan, nonce=other)])
    assert late.kind == "duplicate"


def test_no_seat_is_lost_between_two_who_give_up_and_two_who_come(race: Race) -> None:
    group = make_group(make_session(capacity=2))
    rows = [make_registration(group) for _ in range(2)]
    with time_machine.travel(timezone.now(), tick=True):
        race(
            [
                *(partial(cancel, registration=row) for row in rows),
                *[partial(make_registration, group)] * 2,
            ]
        )
    assert Registration.objects.holding().count() == 2
    assert_right(group.session)
