"""Who came: each answer of the door, the pass, replays, clocks, and taking an arrival back."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from openday.enums import CheckInMethod, SeatMethod, State
from openday.models import Actor, CheckIn, EventPage, Registration, SeatGroup, Session
from openday.refusals import ChangedMeanwhile, KeyTaken, SeatRefused
from openday.services.answering import cancel
from openday.services.checking_in import (
    LATEST,
    CheckInRefused,
    check_in,
    pass_of,
    read_number,
    read_pass,
    undo_check_in,
)
from openday.services.deciding import revoke
from openday.services.sessions import cancel_session
from openday.services.sweeping import sweep
from people.models import Receipt
from publishing.models import User
from tests.factories.openday import (
    make_event,
    make_group,
    make_officer_of,
    make_registration,
    make_session_at_hand,
)


@pytest.fixture
def session(event: EventPage) -> Session:
    return make_session_at_hand(event, capacity=2)


@pytest.fixture
def officer(group: SeatGroup) -> User:
    return make_officer_of(group.session.event)


def arrive(row: Registration, officer: User, *, session: Session | None = None) -> CheckIn:
    return check_in(
        session=session or row.session,
        number=row.receipt.number,
        user=officer,
        nonce=uuid.uuid4(),
    )


def kind_of(row: Registration, officer: User, *, session: Session | None = None) -> str:
    with pytest.raises(CheckInRefused) as refused:
        arrive(row, officer, session=session)
    return refused.value.kind


def state(row: Registration) -> str:
    return Registration.objects.get(pk=row.pk).state


def test_who_has_a_seat_is_let_in(group: SeatGroup, officer: User) -> None:
    row = make_registration(group)
    made = arrive(row, officer)
    step = row.transitions.last()
    assert (state(row), made.by, made.method) == (State.ATTENDED, officer, CheckInMethod.NUMBER)
    assert step is not None
    assert (step.to_state, step.actor, step.by) == (State.ATTENDED, Actor.STAFF, officer)


def test_a_second_time_is_told_with_the_time_of_the_first(group: SeatGroup, officer: User) -> None:
    row = make_registration(group)
    first = arrive(row, officer)
    with pytest.raises(CheckInRefused) as refused:
        arrive(row, officer)
    when = f"{timezone.localtime(first.scanned_at):%H:%M}"
    assert (refused.value.kind, refused.value.message) == ("duplicate", f"重复：{when}已经签到。")
    assert CheckIn.objects.count() == 1


def test_each_reason_has_a_kind_of_its_own(session: Session, officer: User) -> None:
    first_come, reviewed = make_group(session), make_group(session, method=SeatMethod.REVIEW)
    gone, taken_back = make_registration(first_come), make_registration(first_come)
    pending = make_registration(reviewed)
    cancel(registration=gone)
    revoke(registration=taken_back, user=officer, reason="重复报名")
    elsewhere = make_registration(make_group(make_session_at_hand(session.event)))
    kinds = [kind_of(row, officer, session=session) for row in (gone, taken_back, pending)]
    assert kinds == ["cancelled", "cancelled", "no_seat"]
    assert kind_of(elsewhere, officer, session=session) == "other"
    with pytest.raises(CheckInRefused) as refused:
        check_in(session=session, number="20260101-000000", user=officer, nonce=uuid.uuid4())
    assert refused.value.kind == "unknown"
    assert CheckIn.objects.count() == 0


def test_nobody_comes_to_a_session_that_was_called_off(group: SeatGroup, officer: User) -> None:
    row = make_registration(group)
    cancel_session(session=group.session, user=officer, reason="暴雨")
    assert kind_of(row, officer) == "cancelled"


def test_the_door_learns_nothing_of_another_units_event(session: Session, officer: User) -> None:
    stranger = make_registration(make_group(make_session_at_hand(make_event(title="未公开的活动"))))
    with pytest.raises(CheckInRefused) as refused:
        arrive(stranger, officer, session=session)
    assert (refused.value.kind, refused.value.registration) == ("other", None)
    assert "未公开" not in refused.value.message
    own = make_registration(make_group(make_session_at_hand(session.event, title="下午场")))
    with pytest.raises(CheckInRefused, match="下午场"):
        arrive(own, officer, session=session)


def test_the_pass_says_the_number_and_nothing_else(group: SeatGroup) -> None:
    row = make_registration(group, name="李四")
    text = pass_of(row)
    assert read_pass(text) == row.receipt.number
    assert text.startswith(f"{row.receipt.number}~")
    with pytest.raises(CheckInRefused) as refused:
        read_pass(f"20260101-000000~{text.partition('~')[2]}")
    assert refused.value.kind == "unknown"


def test_the_last_six_digits_will_do_where_they_are_one_persons(session: Session) -> None:
    group = make_group(session)
    rows = [make_registration(group) for _ in range(2)]
    for row, number in zip(rows, ["20260101-123456", "20260101-654321"], strict=True):
        Receipt.objects.filter(pk=row.receipt_id).update(number=number)
    assert read_number("１２３４５６", session) == "20260101-123456"
    assert read_number("20260101 123456", session) == "20260101-123456"
    assert read_number("000000", session) == "000000"
    Receipt.objects.filter(pk=rows[1].receipt_id).update(number="20260102-123456")
    with pytest.raises(CheckInRefused) as refused:
        read_number("123456", session)
    assert refused.value.kind == "unclear"
    assert read_number("123456", make_session_at_hand(session.event)) == "123456"


def test_the_same_nonce_is_one_arrival(group: SeatGroup, officer: User) -> None:
    row, other, nonce = make_registration(group), make_registration(group), uuid.uuid4()
    item = {"session": group.session, "user": officer, "nonce": nonce}
    first = check_in(number=row.receipt.number, **item)
    again = check_in(number=row.receipt.number, **item)
    assert (again, CheckIn.objects.count()) == (first, 1)
    with pytest.raises(KeyTaken):
        check_in(number=other.receipt.number, **item)
    assert state(other) == State.CONFIRMED


def test_a_replay_after_the_undo_says_that_it_was_undone(group: SeatGroup, officer: User) -> None:
    row, nonce = make_registration(group), uuid.uuid4()
    item = {"session": group.session, "user": officer, "nonce": nonce}
    check_in(number=row.receipt.number, **item)
    undo_check_in(registration=row, user=officer, reason="扫错人")
    with pytest.raises(CheckInRefused, match="扫错人") as refused:
        check_in(number=row.receipt.number, **item)
    assert (refused.value.kind, state(row)) == ("undone", State.CONFIRMED)


def test_a_clock_that_is_ahead_is_now(group: SeatGroup, officer: User) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        now = timezone.now()
        times = [now + timedelta(hours=3), now - timedelta(minutes=5)]
        made = [
            check_in(
                session=group.session,
                number=make_registration(group).receipt.number,
                user=officer,
                nonce=uuid.uuid4(),
                scanned_at=moment,
            )
            for moment in times
        ]
    assert [row.scanned_at for row in made] == [now, now - timedelta(minutes=5)]
    assert [row.received_at for row in made] == [now, now]


def test_an_arrival_that_reached_us_late_counts(group: SeatGroup, officer: User) -> None:
    row = make_registration(group)
    with time_machine.travel(group.session.ends_at, tick=False):
        sweep()
        assert state(row) == State.NO_SHOW
        arrive(row, officer)
    assert state(row) == State.ATTENDED


def test_long_after_the_end_nobody_comes_or_has_not_come(group: SeatGroup, officer: User) -> None:
    """The report says how many came; that isn't changed by and by."""
    here, absent = make_registration(group), make_registration(group)
    arrive(here, officer)
    with time_machine.travel(group.session.ends_at + LATEST, tick=False):
        sweep()
        with pytest.raises(SeatRefused, match="不能再签到"):
            arrive(absent, officer)
        with pytest.raises(SeatRefused, match="不能再签到"):
            undo_check_in(registration=here, user=officer, reason="扫错人")
    assert [state(here), state(absent)] == [State.ATTENDED, State.NO_SHOW]


def test_an_arrival_is_taken_back_with_a_reason(group: SeatGroup, officer: User) -> None:
    row = make_registration(group)
    made = arrive(row, officer)
    with pytest.raises(SeatRefused, match="理由"):
        undo_check_in(registration=row, user=officer, reason=" ")
    undo_check_in(registration=row, user=officer, reason=" 扫错\n人 ")
    made.refresh_from_db()
    step = row.transitions.last()
    assert step is not None
    assert (made.undone_by, made.undo_reason, step.reason) == (officer, "扫错 人", "扫错 人")
    assert (state(row), step.by) == (State.CONFIRMED, officer)
    arrive(row, officer)
    assert (state(row), row.check_ins.count()) == (State.ATTENDED, 2)


def test_nobody_gets_a_seat_by_an_undo(session: Session, officer: User) -> None:
    """From 待审核, too, there is a move to 已确认; it is not the undo's to make."""
    rows = [
        make_registration(make_group(session, method=SeatMethod.REVIEW)),
        make_registration(make_group(session)),
    ]
    for row in rows:
        with pytest.raises(ChangedMeanwhile, match="没有可以撤销的签到"):
            undo_check_in(registration=row, user=officer, reason="误点")
    assert [state(row) for row in rows] == [State.PENDING, State.CONFIRMED]


def test_nobody_arrives_days_before(group: SeatGroup, officer: User) -> None:
    row = make_registration(group)
    opens = group.session.starts_at - timedelta(hours=24)
    early = time_machine.travel(opens - timedelta(seconds=1), tick=False)
    with early, pytest.raises(SeatRefused, match="还没有到签到的时候"):
        arrive(row, officer)
    with time_machine.travel(opens, tick=False):
        arrive(row, officer)
    assert state(row) == State.ATTENDED
