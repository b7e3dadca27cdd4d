"""A session that moves: the old and the new, in the person's history, on the page, in messages."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notify.models import Message
from openday.enums import State
from openday.journeys import steps_of
from openday.models import Registration, SeatGroup, Session, SessionMove
from openday.services.answering import cancel, reconfirm
from openday.services.checking_in import check_in
from openday.services.sessions import change_session
from openday.services.sweeping import sweep
from people.throttle import reset_limits
from publishing.enums import Role
from tests.factories.openday import (
    make_event,
    make_event_index,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
    publish,
)
from tests.openday.desk import furnish
from tests.openday.test_public_pages import words_of
from tests.openday.test_public_status import look_up

pytestmark = pytest.mark.django_db
TIMES = ("starts_at", "ends_at", "registration_closes_at", "cancel_until", "offers_until")
OLD = datetime.fromisoformat("2030-05-20T09:00+08:00")
ANNOUNCED = datetime.fromisoformat("2030-05-01T08:00+08:00")
EARLIER = "时间原定2030年5月20日 09:00至12:00，改为2030年5月21日 09:00至12:00"


@pytest.fixture
def session() -> Session:
    with time_machine.travel(ANNOUNCED):
        return make_session(make_event(place="测试镇便民服务中心一楼"), starts_at=OLD, capacity=2)


@pytest.fixture
def group(session: Session) -> SeatGroup:
    with time_machine.travel(ANNOUNCED):
        return make_group(session)


@pytest.fixture(autouse=True)
def clock(group: SeatGroup) -> Any:
    reset_limits()
    with time_machine.travel(ANNOUNCED) as moving:
        publish(group.session.event)
        yield moving


def move(session: Session, *, days: int = 0, again: datetime | None = None, **changes: Any) -> None:
    """By days, and to another place if one is given; who has a seat is asked again."""
    row = Session.objects.get(pk=session.pk)
    for name in TIMES:
        setattr(row, name, getattr(row, name) + timedelta(days=days))
    for name, value in changes.items():
        setattr(row, name, value)
    by = again or timezone.now() + timedelta(days=2)
    change_session(session=row, user=make_officer_of(session.event), reconfirm_by=by)


def history(row: Registration) -> list[tuple[str, tuple[str, ...]]]:
    fresh = Registration.objects.get(pk=row.pk)
    return [(step.words, step.details) for step in steps_of(fresh)]


def test_the_history_names_the_old_time_and_place(
    client: Client, group: SeatGroup, session: Session, clock: Any
) -> None:
    row = make_registration(group)
    clock.shift(60)
    move(session, days=1)
    clock.shift(60)
    move(session, place="测试镇大礼堂")
    place = "地点原定测试镇便民服务中心一楼，改为测试镇大礼堂"
    assert history(row) == [
        ("报名成功，名额已确认", ()),
        ("活动改期了", (EARLIER,)),
        ("活动换了地点", (place,)),
    ]
    page = look_up(client, row)
    assert [f"<p>{words}。</p>" in page for words in (EARLIER, place)] == [True, True]
    asked = words_of(page).partition("时间或地点有变，还能来吗？")[2].partition("我仍会参加")[0]
    assert (place in asked, EARLIER in asked) == (True, False)
    reconfirm(registration=row)
    assert EARLIER in look_up(client, row)


def test_only_who_was_told_has_it_in_the_history(
    group: SeatGroup, session: Session, clock: Any
) -> None:
    gone, here = make_registration(group), make_registration(group)
    waiting = make_registration(group)
    cancel(registration=gone)
    clock.shift(60)
    move(session, days=1)
    clock.shift(60)
    late = make_registration(group)
    moved = ("活动改期了", (EARLIER,))
    assert [moved in history(row) for row in (gone, here, waiting, late)] == [
        False,
        True,
        True,
        False,
    ]
    clock.move_to(OLD + timedelta(days=1))
    officer = make_officer_of(session.event)
    number, nonce = here.receipt.number, here.idempotency_key
    check_in(session=session, number=number, user=officer, nonce=nonce)
    clock.shift(60)
    move(session, again=OLD + timedelta(days=1, hours=1), place="二楼会议室")
    assert [words for words, _details in history(here)][-1] == "已签到"


def test_the_messages_name_the_old_time(group: SeatGroup, session: Session, clock: Any) -> None:
    row = make_registration(group, email="a@example.com")
    again = timezone.now() + timedelta(days=2)
    move(session, days=1, again=again, place="测试镇大礼堂")
    told = Message.objects.get(kind="openday_moved")
    place = "地点原定测试镇便民服务中心一楼，改为测试镇大礼堂"
    first = f"活动的时间和地点都改了，{EARLIER}，{place}。"
    assert told.body.startswith(f"{first}请在5月3日 08:00前确认是否仍能参加")
    assert "时间：2030年5月21日 09:00至12:00\n地点：测试镇大礼堂\n" in told.body
    clock.move_to(again)
    sweep()
    assert Registration.objects.get(pk=row.pk).state == State.CONFIRMED
    call = Message.objects.get(kind="openday_ask")
    assert call.body.startswith(f"{first}还没有收到本人的确认，请电话询问")


def test_a_place_that_is_only_written_out_says_no_more_than_that(session: Session) -> None:
    move(session, place=session.event.place)
    [row] = SessionMove.objects.all()
    assert (row.headline, row.changes) == ("活动的时间或地点有变", [])


def test_the_pages_name_the_place_where_it_is_now(client: Client, session: Session) -> None:
    """Not the one that the announcement was written for, nor the way to it."""
    event = session.event
    event.directions, event.access_notes = "坐一路车", "有轮椅坡道"
    publish(event)
    move(session, place="测试镇大礼堂")
    feed = f"{make_event_index().url}feed/"
    for address in (event.url, f"{event.url}poster/", feed):
        words = words_of(client.get(address).content.decode())
        assert ("测试镇大礼堂" in words, "便民服务中心一楼" in words) == (True, False)
    words = words_of(client.get(event.url).content.decode())
    assert ("坐一路车" in words, "有轮椅坡道" in words) == (False, False)


def test_where_sessions_are_apart_the_page_names_each_place(
    client: Client, session: Session
) -> None:
    event = session.event
    event.directions = "坐一路车"
    make_group(make_session(event, starts_at=OLD))
    publish(event)
    move(session, place="测试镇大礼堂")
    words = words_of(client.get(event.url).content.decode())
    assert "地点 测试镇大礼堂 测试镇便民服务中心一楼 " in words
    assert "坐一路车" in words


def test_who_may_no_longer_register_is_not_asked_to_phone(
    client: Client, session: Session, clock: Any
) -> None:
    asked = "可以打电话或到窗口报名"
    assert asked in client.get(session.event.url).content.decode()
    clock.move_to(session.registration_closes_at)
    assert asked not in client.get(session.event.url).content.decode()


def test_an_end_on_another_day_is_named_with_it(session: Session) -> None:
    move(session, ends_at=OLD + timedelta(days=1))
    [row] = SessionMove.objects.all()
    assert row.changes == [
        "时间原定2030年5月20日 09:00至12:00，改为2030年5月20日 09:00至2030年5月21日 09:00"
    ]


def test_the_desk_sees_the_move_in_the_history() -> None:
    office = furnish()
    row = office.confirmed
    move(office.session, place="测试镇大礼堂", again=office.session.starts_at)
    page = office.client(Role.EDITOR).get(reverse("seats:registration", args=[row.pk]))
    assert "活动换了地点，地点原定测试镇便民服务中心一楼，改为测试镇大礼堂" in page.content.decode()
