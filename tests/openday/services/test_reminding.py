"""Reminders seven days and one day before: each once, by the day that holds, to who has a seat."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notify.enums import MessageState
from notify.models import Message
from openday.models import Registration, SeatGroup, Session
from openday.services.answering import accept_offer, cancel
from openday.services.reminding import remind
from openday.services.sessions import cancel_session, change_session
from publishing.models import User
from tests.factories.openday import make_officer_of, make_registration

REMINDERS = Message.objects.filter(kind="openday_reminder").order_by("pk")


@pytest.fixture
def person(group: SeatGroup) -> Registration:
    return make_registration(group, email="a@example.com")


@pytest.fixture
def officer(group: SeatGroup) -> User:
    return make_officer_of(group.session.event)


def before(session: Session, **delta: float) -> time_machine.travel:
    return time_machine.travel(session.starts_at - timedelta(**delta), tick=False)


def subjects() -> list[str]:
    return [message.subject.partition("：")[0] for message in REMINDERS.all()]


def moved(session: Session, user: User, **delta: float) -> Session:
    """The session some time later, all its times with it."""
    row = Session.objects.get(pk=session.pk)
    times = ("starts_at", "ends_at", "registration_closes_at", "cancel_until", "offers_until")
    for name in times:
        setattr(row, name, getattr(row, name) + timedelta(**delta))
    return change_session(session=row, user=user)


def test_seven_days_and_one_day_before(person: Registration) -> None:
    session = person.session
    for delta, new in (({"days": 7, "seconds": 1}, 0), ({"days": 7}, 1), ({"days": 1}, 1)):
        with before(session, **delta):
            assert remind() == new
    assert subjects() == ["7天后的活动", "明天的活动"]
    assert ["METHOD:REQUEST" in message.calendar for message in REMINDERS.all()] == [True, True]


def test_twice_in_a_row_is_once(person: Registration) -> None:
    with before(person.session, days=7):
        assert [remind(), remind()] == [1, 0]
    assert REMINDERS.count() == 1


def test_a_second_run_renders_nothing(group: SeatGroup, person: Registration) -> None:
    """It comes every ten minutes for a week: as many queries for two people as for one."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            remind()
        return len(seen)

    second = make_registration(group)
    Registration.objects.filter(pk=second.pk).update(state="pending")
    with before(group.session, days=6):
        remind()
        with_one = queries()
        Registration.objects.filter(pk=second.pk).update(state="confirmed")
        remind()
        assert queries() == with_one


@pytest.mark.parametrize(
    ("delta", "words"),
    [({"days": 5}, "5天后"), ({"days": 1, "minutes": -5}, "明天"), ({"hours": 3}, "今天")],
)
def test_a_run_that_comes_late_counts_the_days_that_are_left(
    person: Registration, delta: dict[str, float], words: str
) -> None:
    with before(person.session, **delta):
        remind()
    assert subjects() == [f"{words}的活动"]
    assert f"您报名的活动{words}举行" in REMINDERS.get().body


def test_nobody_is_reminded_of_what_has_begun(person: Registration) -> None:
    with before(person.session, seconds=0):
        assert remind() == 0


def test_who_signed_up_after_the_moment_knows(group: SeatGroup) -> None:
    session = group.session
    Session.objects.filter(pk=session.pk).update(
        registration_closes_at=session.starts_at - timedelta(days=2),
    )
    group = SeatGroup.objects.select_related("session__event").get(pk=group.pk)
    with before(session, days=5):
        make_registration(group)
        assert remind() == 0
    with before(session, days=1):
        assert remind() == 1


def test_who_took_an_offer_after_the_moment_knows(group: SeatGroup) -> None:
    holder, _other, waiting = (make_registration(group) for _ in range(3))
    with before(group.session, days=5):
        remind()
        cancel(registration=holder)
        accept_offer(registration=waiting)
        assert remind() == 0
    with before(group.session, days=1):
        assert remind() == 2


def test_only_who_has_a_seat_is_reminded(group: SeatGroup) -> None:
    for _ in range(4):
        make_registration(group)
    cancel(registration=Registration.objects.order_by("pk")[0])
    with before(group.session, days=7):
        assert remind() == 1


def test_a_session_that_moves_is_reminded_of_anew(person: Registration, officer: User) -> None:
    session = person.session
    with before(session, days=7):
        remind()
        later = moved(session, officer, days=10)
        assert remind() == 0
    with before(later, days=7):
        assert remind() == 1
    first, _second = REMINDERS.all()
    assert first.state == MessageState.WITHDRAWN


def test_who_was_just_told_of_the_new_day_is_not_reminded_of_it(
    person: Registration, officer: User
) -> None:
    session = person.session
    with before(session, days=9):
        later = moved(session, officer, days=-4)
        assert remind() == 0
    with before(later, days=1):
        assert remind() == 1
    assert subjects() == ["明天的活动"]


def test_a_cancelled_session_reminds_nobody(person: Registration, officer: User) -> None:
    session = person.session
    with before(session, days=7):
        remind()
        cancel_session(session=session, user=officer, reason="暴雨")
        assert remind() == 0
    with before(session, days=1):
        assert remind() == 0
    assert [message.state for message in REMINDERS.all()] == [MessageState.WITHDRAWN]


def test_only_the_last_reminder_is_worth_a_call(person: Registration) -> None:
    for days in (7, 1):
        with before(person.session, days=days):
            remind()
    assert [message.phone_if_unsent for message in REMINDERS.all()] == [False, True]
