"""Freed seats go to who waits; offers lapse; the sweeper changes nothing twice."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notify.models import Message
from notify.services import record_phoned
from openday.enums import State
from openday.models import Registration, SeatGroup, Session, Transition
from openday.refusals import ChangedMeanwhile, SeatRefused
from openday.services.answering import accept_offer, cancel, decline_offer
from openday.services.sessions import change_group, change_session
from openday.services.sweeping import sweep
from publishing.models import User
from tests.factories.openday import make_group, make_officer_of, make_registration


def states(*rows: Registration) -> list[str]:
    known = dict(Registration.objects.values_list("pk", "state"))
    return [known[row.pk] for row in rows]


def full_with_two_waiting(group: SeatGroup) -> list[Registration]:
    return [make_registration(group, email=f"p{n}@example.com") for n in range(4)]


def test_a_cancelled_seat_is_offered_to_the_first_in_line(group: SeatGroup) -> None:
    first, second, third, fourth = full_with_two_waiting(group)
    cancel(registration=first)
    assert states(first, second, third, fourth) == [
        State.CANCELLED,
        State.CONFIRMED,
        State.OFFERED,
        State.WAITLISTED,
    ]
    assert Message.objects.filter(kind="openday_offer", contact=third.contact).count() == 1


def test_an_accepted_offer_is_a_seat(group: SeatGroup) -> None:
    first, _second, third, _fourth = full_with_two_waiting(group)
    cancel(registration=first)
    for _click in range(2):
        assert accept_offer(registration=third).state == State.CONFIRMED
    assert third.transitions.filter(to_state=State.CONFIRMED).count() == 1
    assert Message.objects.filter(kind="openday_seat", contact=third.contact).count() == 1


def test_a_declined_offer_goes_to_the_next(group: SeatGroup) -> None:
    first, _second, third, fourth = full_with_two_waiting(group)
    cancel(registration=first)
    decline_offer(registration=third)
    assert states(third, fourth) == [State.CANCELLED, State.OFFERED]


def test_the_clock_begins_when_the_person_was_told(group: SeatGroup) -> None:
    first, _second, third, _fourth = full_with_two_waiting(group)
    cancel(registration=first)
    third.refresh_from_db()
    assert (third.offer_started_at, third.offer_expires_at) == (None, group.session.offers_until)
    sent = timezone.now()
    Message.objects.filter(kind="openday_offer").update(
        state="sent", sent_at=sent, next_try_at=None
    )
    sweep()
    third.refresh_from_db()
    assert third.offer_started_at == sent
    assert third.offer_expires_at == sent + timedelta(hours=group.session.offer_hours)


def test_a_logged_call_begins_the_clock_too(group: SeatGroup, admin_user: User) -> None:
    rows = [make_registration(group) for _ in range(3)]
    cancel(registration=rows[0])
    offer = Message.objects.get(kind="openday_offer")
    record_phoned(message_id=offer.pk, user=admin_user)
    sweep()
    rows[2].refresh_from_db()
    offer.refresh_from_db()
    assert rows[2].offer_started_at == offer.phoned_at


def started_offer(group: SeatGroup) -> tuple[Registration, Registration]:
    """An offer whose clock runs, and who comes next."""
    first, _second, third, fourth = full_with_two_waiting(group)
    cancel(registration=first)
    Message.objects.filter(kind="openday_offer").update(
        state="sent", sent_at=timezone.now(), next_try_at=None
    )
    sweep()
    return Registration.objects.get(pk=third.pk), fourth


def test_an_offer_lapses_and_moves_on(group: SeatGroup) -> None:
    third, fourth = started_offer(group)
    assert third.offer_expires_at
    with time_machine.travel(third.offer_expires_at, tick=False):
        assert not Registration.objects.get(pk=third.pk).holds_seat
        with pytest.raises(ChangedMeanwhile):
            accept_offer(registration=third)
        sweep()
        assert states(third, fourth) == [State.LAPSED, State.OFFERED]


def test_a_second_sweep_changes_nothing(group: SeatGroup) -> None:
    third, _fourth = started_offer(group)
    assert third.offer_expires_at
    with time_machine.travel(third.offer_expires_at, tick=False):
        sweep()
        counts = (Transition.objects.count(), Message.objects.count())
        sweep()
        assert (Transition.objects.count(), Message.objects.count()) == counts


def test_nobody_is_offered_a_seat_after_the_cut_off(group: SeatGroup) -> None:
    first, _second, third, _fourth = full_with_two_waiting(group)
    officer = make_officer_of(group.session.event)
    with time_machine.travel(group.session.offers_until, tick=False):
        cancel(registration=first, user=officer)
        sweep()
        assert states(third) == [State.WAITLISTED]


def test_a_new_registration_does_not_jump_the_queue(group: SeatGroup) -> None:
    """The seat was freed by the clock, and no sweeper came by yet."""
    third, fourth = started_offer(group)
    assert third.offer_expires_at
    with time_machine.travel(third.offer_expires_at + timedelta(minutes=1), tick=False):
        late = make_registration(group)
        assert states(third, fourth, late) == [State.LAPSED, State.OFFERED, State.WAITLISTED]


def test_raising_the_capacity_promotes(group: SeatGroup, admin_user: User) -> None:
    rows = full_with_two_waiting(group)
    session = Session.objects.get(pk=group.session_id)
    session.capacity = 3
    change_session(session=session, user=admin_user)
    assert states(*rows)[2:] == [State.OFFERED, State.WAITLISTED]


def test_lowering_below_the_held_seats_is_refused_with_their_number(
    group: SeatGroup, admin_user: User
) -> None:
    full_with_two_waiting(group)
    session = Session.objects.get(pk=group.session_id)
    session.capacity = 1
    with pytest.raises(SeatRefused, match="已有2个名额被占用"):
        change_session(session=session, user=admin_user)
    assert Session.objects.get(pk=session.pk).capacity == 2
    group.quota = 1
    with pytest.raises(SeatRefused, match="已有2个名额被占用"):
        change_group(group=group, user=admin_user)


def test_a_released_minimum_promotes_the_others(session: Session) -> None:
    kept = make_group(session, minimum=1, minimum_until=timezone.now() + timedelta(days=1))
    other = make_group(session)
    rows = [make_registration(other) for _ in range(2)]
    assert states(*rows) == [State.CONFIRMED, State.WAITLISTED]
    assert kept.minimum_until
    with time_machine.travel(kept.minimum_until, tick=False):
        sweep()
    assert states(*rows) == [State.CONFIRMED, State.OFFERED]


def test_between_groups_who_waited_longest_is_first(session: Session) -> None:
    first, second = make_group(session), make_group(session)
    holders = [make_registration(first) for _ in range(2)]
    longest, later = make_registration(second), make_registration(first)
    cancel(registration=holders[0])
    assert states(longest, later) == [State.OFFERED, State.WAITLISTED]


def test_who_did_not_come_is_marked(group: SeatGroup) -> None:
    row = make_registration(group)
    with time_machine.travel(group.session.ends_at, tick=False):
        sweep()
    assert states(row) == [State.NO_SHOW]


def test_the_person_cancels_until_the_deadline_and_staff_after_it(group: SeatGroup) -> None:
    row = make_registration(group)
    officer = make_officer_of(group.session.event)
    with time_machine.travel(group.session.cancel_until, tick=False):
        with pytest.raises(SeatRefused, match="工作人员代为取消"):
            cancel(registration=row)
        assert cancel(registration=row, user=officer).state == State.CANCELLED
