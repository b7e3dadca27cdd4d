"""Sessions and groups: set up, changed under lock, moved, called off; who it concerns is told."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from notify.models import Message
from openday.enums import SeatMethod, State
from openday.models import Audience, Registration, SeatGroup, Session
from openday.refusals import RegistrationClosed, SeatRefused
from openday.services import sweeping
from openday.services.answering import cancel
from openday.services.checking_in import check_in, pass_of
from openday.services.sessions import (
    cancel_session,
    change_group,
    change_session,
    remove_group,
)
from openday.services.sweeping import sweep
from publishing.models import User
from tests.factories.openday import (
    make_drawn_group,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
)


@pytest.fixture
def officer(session: Session) -> User:
    return make_officer_of(session.event)


def changed(session: Session, **values: Any) -> Session:
    """The session with other values, not saved."""
    stored = Session.objects.get(pk=session.pk)
    for name, value in values.items():
        setattr(stored, name, value)
    return stored


def states(*rows: Registration) -> list[str]:
    known = dict(Registration.objects.values_list("pk", "state"))
    return [known[row.pk] for row in rows]


def offered_one(group: SeatGroup) -> Registration:
    rows = [make_registration(group, email=f"p{n}@example.com") for n in range(3)]
    cancel(registration=rows[0])
    return Registration.objects.get(pk=rows[2].pk)


def test_times_out_of_order_are_refused(session: Session, officer: User) -> None:
    for name, value in {
        "ends_at": session.starts_at,
        "registration_closes_at": session.registration_opens_at,
        "offers_until": session.starts_at + timedelta(seconds=1),
        "cancel_until": session.starts_at + timedelta(seconds=1),
        "capacity": 0,
    }.items():
        with pytest.raises((ValidationError, SeatRefused)):
            change_session(session=changed(session, **{name: value}), user=officer)


def test_a_change_is_logged_and_tells_nobody_unless_time_or_place_moved(
    group: SeatGroup, officer: User
) -> None:
    make_registration(group)
    change_session(session=changed(group.session, title="上午场", capacity=3), user=officer)
    assert Message.objects.filter(kind="openday_moved").count() == 0
    change_session(session=changed(group.session, place="二楼会议室"), user=officer)
    assert Message.objects.filter(kind="openday_moved").count() == 1
    logged = ModelLogEntry.objects.filter(action="openday.session").order_by("pk")
    assert [entry.data.get("moved") for entry in logged][-2:] == [False, True]


def test_who_is_there_already_is_not_asked_to_confirm_again(
    group: SeatGroup, officer: User
) -> None:
    here, late = make_registration(group), make_registration(group)
    session = group.session
    with time_machine.travel(session.starts_at, tick=False):
        number, nonce = here.receipt.number, here.idempotency_key
        check_in(session=session, number=number, user=officer, nonce=nonce)
        change_session(session=changed(session, place="二楼会议室"), user=officer)
    told = Message.objects.filter(kind="openday_moved")
    assert [message.contact for message in told] == [late.contact]


def test_capacity_can_not_go_below_what_is_kept(session: Session, officer: User) -> None:
    group = make_group(session, minimum=2)
    with pytest.raises(SeatRefused, match="保留的名额共2个") as refusal:
        change_session(session=changed(session, capacity=1), user=officer)
    assert refusal.value.field == "capacity"
    group.minimum = 3
    with pytest.raises(SeatRefused, match="超过总名额2") as refusal:
        change_group(group=group, user=officer)
    assert refusal.value.field == "minimum"


def test_a_seat_whose_offer_ran_out_does_not_stand_in_the_way(
    group: SeatGroup, officer: User
) -> None:
    """Nobody swept yet: the offer lapses first, and the seat may go."""
    row = offered_one(group)
    soon = timezone.now() + timedelta(hours=1)
    Registration.objects.filter(pk=row.pk).update(offer_expires_at=soon)
    with time_machine.travel(soon, tick=False):
        change_session(session=changed(group.session, capacity=1), user=officer)
    assert states(row) == [State.LAPSED]


def test_an_offer_that_nobody_was_told_of_ends_by_the_new_cut_off(
    group: SeatGroup, officer: User
) -> None:
    """The session is moved by a month; the person must not lose the seat before hearing of it."""
    row, month = offered_one(group), timedelta(days=30)
    session = group.session
    names = ("starts_at", "ends_at", "registration_closes_at", "offers_until")
    later = {name: getattr(session, name) + month for name in names}
    change_session(session=changed(session, **later), user=officer)
    row.refresh_from_db()
    assert row.offer_expires_at == later["offers_until"]


def test_who_was_told_keeps_the_time_that_they_were_told(group: SeatGroup, officer: User) -> None:
    row = offered_one(group)
    offers = Message.objects.filter(kind="openday_offer")
    offers.update(sent_at=timezone.now(), state="sent", next_try_at=None)
    sweep()
    row.refresh_from_db()
    end = row.offer_expires_at
    earlier = timezone.now() + timedelta(hours=1)
    before = {"registration_closes_at": timezone.now(), "offers_until": earlier}
    change_session(session=changed(group.session, **before), user=officer)
    row.refresh_from_db()
    assert row.offer_expires_at == end


def test_no_offer_outlives_the_start(group: SeatGroup, officer: User) -> None:
    row, now = offered_one(group), timezone.now()
    Registration.objects.filter(pk=row.pk).update(
        offer_started_at=now, offer_expires_at=now + timedelta(hours=24)
    )
    start = now + timedelta(hours=3)
    times = {
        "registration_closes_at": now + timedelta(hours=1),
        "cancel_until": now + timedelta(hours=1),
        "offers_until": now + timedelta(hours=2),
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
    }
    change_session(session=changed(group.session, **times), user=officer)
    row.refresh_from_db()
    assert row.offer_expires_at == start


def test_calling_off_revokes_and_tells_everybody(session: Session, officer: User) -> None:
    group, reviewed = make_group(session), make_group(session, method=SeatMethod.REVIEW)
    drawn = make_drawn_group(session)
    rows = [make_registration(group, email=f"p{n}@example.com") for n in range(3)]
    rows += [make_registration(reviewed), make_registration(drawn)]
    gone = make_registration(group)
    cancel(registration=gone)
    cancel_session(session=session, user=officer, reason="暴 \n 雨")
    assert states(*rows) == [State.REVOKED] * 5
    told = Message.objects.filter(kind="openday_revoked")
    assert (told.count(), set(told.values_list("subject", flat=True))) == (
        5,
        {f"活动取消：{session.event.title}"},
    )
    calendars = [message.calendar for message in told if message.calendar]
    assert ["METHOD:CANCEL" in text and "SEQUENCE:1" in text for text in calendars] == [True, True]
    assert Session.objects.get(pk=session.pk).cancel_reason == "暴 雨"


def test_it_is_called_off_once_with_a_reason_and_not_afterwards(
    group: SeatGroup, officer: User
) -> None:
    row = make_registration(group)
    with pytest.raises(SeatRefused) as refusal:
        cancel_session(session=group.session, user=officer, reason=" ")
    assert refusal.value.field == "reason"
    with time_machine.travel(group.session.ends_at, tick=False):
        with pytest.raises(SeatRefused, match="已经结束"):
            cancel_session(session=group.session, user=officer, reason="暴雨")
        with pytest.raises(SeatRefused, match="已经结束"):
            change_session(session=changed(group.session, capacity=9), user=officer)
    assert states(row) == [State.CONFIRMED]
    cancel_session(session=group.session, user=officer, reason="暴雨")
    for action in (
        lambda: cancel_session(session=group.session, user=officer, reason="暴雨"),
        lambda: change_session(session=changed(group.session, capacity=9), user=officer),
        lambda: change_group(group=group, user=officer),
        lambda: make_group(group.session),
    ):
        with pytest.raises(SeatRefused, match="已经取消"):
            action()


def test_who_is_there_already_stays_checked_in_when_it_is_called_off(
    group: SeatGroup, officer: User
) -> None:
    row = make_registration(group)
    assert row.receipt.number in pass_of(row)
    Registration.objects.filter(pk=row.pk).update(state=State.ATTENDED)
    cancel_session(session=group.session, user=officer, reason="停电")
    assert states(row) == [State.ATTENDED]


def test_a_group_in_which_somebody_registered_stays(group: SeatGroup, officer: User) -> None:
    row = make_registration(group)
    cancel(registration=row)
    with pytest.raises(SeatRefused, match="已有人报名"):
        remove_group(group=group, user=officer)
    assert SeatGroup.objects.count() == 1


def test_who_holds_the_form_of_a_group_that_is_gone_is_refused(
    group: SeatGroup, officer: User
) -> None:
    stale = SeatGroup.objects.select_related("session").get(pk=group.pk)
    remove_group(group=group, user=officer)
    with pytest.raises(RegistrationClosed, match="不再接受报名"):
        make_registration(stale)
    assert Registration.objects.count() == 0


def test_a_minimum_that_was_released_is_not_kept_again_over_who_sits_there(
    session: Session, officer: User
) -> None:
    kept = make_group(session, minimum=2, minimum_until=timezone.now() + timedelta(days=1))
    other = make_group(session)
    assert kept.minimum_until
    with time_machine.travel(kept.minimum_until, tick=False):
        assert make_registration(other).state == State.CONFIRMED
        kept.minimum_until = None
        with pytest.raises(SeatRefused, match="超过总名额"):
            change_group(group=kept, user=officer)


def test_a_raised_quota_promotes(session: Session, officer: User) -> None:
    group = make_group(session, quota=1)
    rows = [make_registration(group) for _ in range(2)]
    group.quota = 2
    change_group(group=group, user=officer)
    assert states(*rows) == [State.CONFIRMED, State.OFFERED]


def test_one_session_that_can_not_be_healed_holds_up_no_other(
    group: SeatGroup, officer: User, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    other = make_group(make_session(group.session.event, capacity=2))
    broken, well = offered_one(group), offered_one(other)
    real = sweeping.settle

    def settle(session: Session) -> dict[int, int]:
        if session.pk == group.session_id:
            raise RuntimeError("damaged")
        return real(session)

    monkeypatch.setattr(sweeping, "settle", settle)
    soon = timezone.now() + timedelta(hours=1)
    Registration.objects.filter(state=State.OFFERED).update(offer_expires_at=soon)
    with time_machine.travel(soon, tick=False):
        assert sweep() == 1
    assert states(broken, well) == [State.OFFERED, State.LAPSED]
    assert "openday.sweep" in caplog.text


def test_who_registered_is_not_made_another_audiences(group: SeatGroup, officer: User) -> None:
    other, stored = Audience.objects.create(name="党员代表"), group.audience
    group.audience = other
    change_group(group=group, user=officer)
    cancel(registration=make_registration(group))
    group.audience = stored
    with pytest.raises(SeatRefused, match="已有人报名") as refused:
        change_group(group=group, user=officer)
    assert refused.value.field == "audience"
    assert SeatGroup.objects.get(pk=group.pk).audience == other
