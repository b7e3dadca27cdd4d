"""The draw of lots: frozen once, drawn once, in an order that anybody can check."""

import copy
import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from notify.models import Message
from openday.draw import commitment_of, verify
from openday.enums import SeatMethod, State
from openday.models import DrawRun, Registration, SeatGroup, Session
from openday.refusals import RegistrationClosed, SeatRefused
from openday.services.answering import cancel
from openday.services.drawing import freeze_list, run_draw
from openday.services.sessions import add_group, cancel_session, change_session, remove_group
from publishing.models import User
from tests.factories.openday import (
    make_drawn_group,
    make_group,
    make_officer_of,
    make_registration,
)


@pytest.fixture
def drawn(session: Session) -> SeatGroup:
    return make_drawn_group(session, quota=2)


@pytest.fixture
def officer(session: Session) -> User:
    return make_officer_of(session.event)


def close(session: Session) -> None:
    """Registration is over, and the cut-off is still to come."""
    now = timezone.now()
    Session.objects.filter(pk=session.pk).update(registration_closes_at=now - timedelta(minutes=1))


def reopen(session: Session, user: User) -> None:
    stored = Session.objects.get(pk=session.pk)
    stored.registration_closes_at = timezone.now() + timedelta(days=1)
    change_session(session=stored, user=user)


def draw(group: SeatGroup, user: User, digits: str = "135246") -> DrawRun:
    return run_draw(group=group, user=user, digits=digits, witness="村民代表 王某")


def tickets(group: SeatGroup, number: int) -> list[Registration]:
    return [make_registration(group, email=f"p{n}@example.com") for n in range(number)]


def states(rows: list[Registration]) -> list[str]:
    known = dict(Registration.objects.values_list("pk", "state"))
    return sorted(known[row.pk] for row in rows)


def is_right(run: DrawRun) -> bool:
    """As a citizen checks it: from the file."""
    return all(finding.right for finding in verify(json.loads(json.dumps(run.record))))


def test_nobody_takes_part_before_the_commitment_is_public(session: Session) -> None:
    group = make_drawn_group(session, public=False)
    with pytest.raises(RegistrationClosed, match="承诺还没有公布"):
        make_registration(group)


def test_a_commitment_is_made_with_the_group_and_never_after_registration_opened(
    drawn: SeatGroup, officer: User
) -> None:
    run = DrawRun.objects.get(group=drawn)
    assert commitment_of(run.seed) == run.commitment
    with pytest.raises(SeatRefused) as refusal:
        make_group(drawn.session, method=SeatMethod.DRAW)
    assert refusal.value.field == "method"
    assert SeatGroup.objects.count() == 1


def test_the_seed_is_unreadable_in_the_table(drawn: SeatGroup) -> None:
    run = DrawRun.objects.get(group=drawn)
    with connection.cursor() as cursor:
        cursor.execute("SELECT seed FROM openday_drawrun")
        [(stored,)] = cursor.fetchall()
    assert run.seed not in stored


def test_the_list_is_frozen_after_closing_masked_and_once(drawn: SeatGroup, officer: User) -> None:
    rows = tickets(drawn, 2)
    with pytest.raises(SeatRefused, match="截止后"):
        freeze_list(group=drawn, user=officer)
    close(drawn.session)
    run = freeze_list(group=drawn, user=officer)
    numbers = sorted(row.receipt.number for row in rows)
    assert run.entries == [{"number": number, "name": "张**"} for number in numbers]
    with pytest.raises(SeatRefused, match="已经冻结"):
        freeze_list(group=drawn, user=officer)


def test_an_empty_list_or_another_kind_of_group_is_not_drawn(
    drawn: SeatGroup, officer: User
) -> None:
    close(drawn.session)
    with pytest.raises(SeatRefused, match="没有人报名"):
        freeze_list(group=drawn, user=officer)
    other = make_group(drawn.session)
    with pytest.raises(SeatRefused, match="不是抽签"):
        freeze_list(group=other, user=officer)


def test_nobody_comes_to_a_frozen_list(drawn: SeatGroup, officer: User) -> None:
    """Also where registration is opened once more for the other groups."""
    tickets(drawn, 1)
    close(drawn.session)
    freeze_list(group=drawn, user=officer)
    reopen(drawn.session, officer)
    with pytest.raises(RegistrationClosed, match="名单已经冻结"):
        make_registration(SeatGroup.objects.get(pk=drawn.pk))
    assert Registration.objects.filter(group=drawn).count() == 1


def test_seats_places_in_line_and_the_rest_follow_the_order(
    session: Session, officer: User
) -> None:
    group = make_drawn_group(session, quota=2, waiting_limit=1)
    rows = tickets(group, 5)
    close(session)
    freeze_list(group=group, user=officer)
    run = draw(group, officer)
    assert is_right(run)
    assert run.record
    assert run.record["places"] == 2
    order = {number: place for place, number in enumerate(run.record["order"], start=1)}
    expected = [State.CONFIRMED] * 2 + [State.WAITLISTED] + [State.NOT_SELECTED] * 2
    found = {row.rank: row.state for row in Registration.objects.filter(group=group)}
    assert [found[rank] for rank in range(1, 6)] == expected
    for row in Registration.objects.filter(group=group).select_related("receipt"):
        assert row.rank == order[row.receipt.number]
    assert Message.objects.filter(kind="openday_decision").count() == len(rows)
    told = Message.objects.filter(kind="openday_decision")
    assert sum("METHOD:REQUEST" in message.calendar for message in told) == 2


def test_who_cancelled_in_between_is_passed_over_by_name(drawn: SeatGroup, officer: User) -> None:
    rows = tickets(drawn, 4)
    close(drawn.session)
    freeze_list(group=drawn, user=officer)
    cancel(registration=rows[1])
    run = draw(drawn, officer)
    assert run.record
    assert run.record["withdrawn"] == [rows[1].receipt.number]
    assert is_right(run)
    assert states(rows) == sorted(["cancelled", "confirmed", "confirmed", "waitlisted"])


def test_it_is_drawn_once(drawn: SeatGroup, officer: User) -> None:
    tickets(drawn, 3)
    close(drawn.session)
    with pytest.raises(SeatRefused, match="先冻结"):
        draw(drawn, officer)
    freeze_list(group=drawn, user=officer)
    record = copy.deepcopy(draw(drawn, officer).record)
    for digits in ("135246", "654321"):
        with pytest.raises(SeatRefused, match="已经抽过"):
            draw(drawn, officer, digits)
    assert DrawRun.objects.get(group=drawn).record == record


@pytest.mark.parametrize("digits", ["", "12", "12a4", "１２３４", "1234 ", "1" * 41])
def test_the_digits_are_digits(drawn: SeatGroup, officer: User, digits: str) -> None:
    rows = tickets(drawn, 1)
    close(drawn.session)
    freeze_list(group=drawn, user=officer)
    with pytest.raises(SeatRefused) as refusal:
        draw(drawn, officer, digits)
    assert (refusal.value.field, states(rows)) == ("digits", [State.IN_DRAW])


def test_a_witness_is_named(drawn: SeatGroup, officer: User) -> None:
    tickets(drawn, 1)
    close(drawn.session)
    freeze_list(group=drawn, user=officer)
    with pytest.raises(SeatRefused) as refusal:
        run_draw(group=drawn, user=officer, digits="1234", witness="  ")
    assert refusal.value.field == "witness"


def test_the_minimum_of_another_group_is_not_drawn_for(session: Session, officer: User) -> None:
    """Two seats, one of them kept: one is left for the draw."""
    make_group(session, minimum=1)
    drawn = make_drawn_group(session, quota=2)
    rows = tickets(drawn, 2)
    close(session)
    freeze_list(group=drawn, user=officer)
    run = draw(drawn, officer)
    assert run.record
    assert (run.record["places"], is_right(run)) == (1, True)
    assert states(rows) == [State.CONFIRMED, State.WAITLISTED]


def test_the_queue_of_a_draw_is_that_of_the_lots(drawn: SeatGroup, officer: User) -> None:
    rows = tickets(drawn, 4)
    close(drawn.session)
    freeze_list(group=drawn, user=officer)
    run = draw(drawn, officer)
    assert run.record
    first = Registration.objects.get(receipt__number=run.record["selected"][0])
    cancel(registration=first)
    next_one = Registration.objects.get(receipt__number=run.record["waiting"][0])
    assert next_one.state == State.OFFERED
    assert states(rows) == sorted(["cancelled", "confirmed", "offered", "waitlisted"])


def test_what_is_called_off_is_not_drawn(drawn: SeatGroup, officer: User) -> None:
    rows = tickets(drawn, 1)
    close(drawn.session)
    freeze_list(group=drawn, user=officer)
    cancel_session(session=drawn.session, user=officer, reason="暴雨")
    with pytest.raises(SeatRefused, match="取消或结束"):
        draw(drawn, officer)
    assert states(rows) == [State.REVOKED]


def test_a_group_with_a_commitment_can_be_taken_out_while_nobody_is_in_it(
    drawn: SeatGroup, officer: User
) -> None:
    remove_group(group=drawn, user=officer)
    assert (SeatGroup.objects.count(), DrawRun.objects.count()) == (0, 0)


def test_registering_waits_for_the_commitment(session: Session, officer: User) -> None:
    """A drawn group without one can't come about but by hand."""
    group = make_drawn_group(session)
    DrawRun.objects.filter(group=group).delete()
    with pytest.raises(RegistrationClosed, match="承诺"):
        make_registration(SeatGroup.objects.get(pk=group.pk))


def test_a_commitment_is_possible_until_registration_opens(session: Session, officer: User) -> None:
    audience = make_group(session).audience
    SeatGroup.objects.all().delete()
    row = SeatGroup(session=session, audience=audience, method=SeatMethod.DRAW, quota=1)
    before = session.registration_opens_at - timedelta(seconds=1)
    with time_machine.travel(before, tick=False):
        made = add_group(group=row, user=officer)
    assert made.run
    assert made.run.committed_at <= session.registration_opens_at
