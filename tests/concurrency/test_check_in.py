"""Two devices at one door: one arrival a person, one row a nonce, and no arrival in an undo."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from openday.enums import State
from openday.models import CheckIn, Registration, Transition
from openday.refusals import ChangedMeanwhile
from openday.services.answering import cancel
from openday.services.checking_in import CheckInRefused, check_in, undo_check_in
from publishing.models import User
from tests.factories.openday import (
    make_group,
    make_officer_of,
    make_registration,
    make_session_at_hand,
)

Race = Callable[[list[Callable[[], Any]]], list[Any]]


def someone() -> tuple[Registration, User]:
    group = make_group(make_session_at_hand())
    return make_registration(group), make_officer_of(group.session.event)


def arrival(row: Registration, user: User, nonce: uuid.UUID | None = None) -> Callable[[], Any]:
    return partial(
        check_in,
        session=row.session,
        number=row.receipt.number,
        user=user,
        nonce=nonce or uuid.uuid4(),
    )


def arrivals(row: Registration) -> int:
    return Transition.objects.filter(registration=row, to_state=State.ATTENDED).count()


def test_eight_devices_at_once_make_one_arrival(race: Race) -> None:
    row, user = someone()
    endings = race([arrival(row, user) for _ in range(8)])
    refused = [one.kind for one in endings if isinstance(one, CheckInRefused)]
    assert (refused, CheckIn.objects.count(), arrivals(row)) == (["duplicate"] * 7, 1, 1)


def test_one_item_sent_from_several_windows_is_answered_alike(race: Race) -> None:
    row, user = someone()
    endings = race([arrival(row, user, uuid.uuid4())] * 8)
    assert {type(one) for one in endings} == {CheckIn}
    assert (len({one.pk for one in endings}), arrivals(row)) == (1, 1)


def test_two_undos_at_once_are_one(race: Race) -> None:
    row, user = someone()
    arrival(row, user)()
    undo = partial(undo_check_in, registration=row, user=user, reason="扫错人")
    endings = race([undo] * 4)
    assert len([one for one in endings if isinstance(one, ChangedMeanwhile)]) == 3
    assert Transition.objects.filter(registration=row, reason="扫错人").count() == 1


def test_who_cancels_at_the_door_has_either_come_or_gone(race: Race) -> None:
    row, user = someone()
    race([arrival(row, user), partial(cancel, registration=row, user=user)])
    row.refresh_from_db()
    came = {State.ATTENDED: 1, State.CANCELLED: 0}
    assert CheckIn.objects.count() == came[State(row.state)]
