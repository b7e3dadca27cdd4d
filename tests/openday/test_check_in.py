"""The page at the door: answers in words, many at once, nonsense, search, list and undo."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openday.enums import CheckInMethod, State
from openday.forms.check_in import MOST_ITEMS
from openday.models import CheckIn, Registration, SeatGroup, Session
from openday.services.answering import cancel
from openday.services.checking_in import pass_of
from openday.services.sessions import cancel_session
from publishing.enums import Role
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import (
    make_event,
    make_group,
    make_registration,
    make_session,
    make_session_at_hand,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db: None) -> Session:
    """Of an office with staff in each role; two seats."""
    return make_session_at_hand(make_event(unit=make_office("党政办")), capacity=2)


@pytest.fixture
def group(session: Session) -> SeatGroup:
    return make_group(session, name="群众代表")


@pytest.fixture
def officer(session: Session) -> User:
    return make_officer(session.event.unit, Role.FRONT_DESK)


@pytest.fixture
def client(officer: User) -> Client:
    return signed_in(officer)


def item(text: str, **more: Any) -> dict[str, Any]:
    known = {"nonce": str(uuid.uuid4()), "method": "qr", "scanned_at": timezone.now().isoformat()}
    return {"text": text, **known, **more}


def upload(client: Client, session: Session, *items: Any) -> tuple[int, dict[str, Any]]:
    address = reverse("check_in:upload", args=[session.pk])
    reply = client.post(address, {"items": items}, content_type="application/json")
    return reply.status_code, reply.json()


def kinds(body: dict[str, Any]) -> list[str]:
    return [result["kind"] for result in body["results"]]


def test_a_pass_and_a_number_are_checked_in_and_staff_see_whom(
    client: Client, session: Session, group: SeatGroup
) -> None:
    rows = [make_registration(group, name="李四"), make_registration(group)]
    Registration.objects.filter(pk=rows[0].pk).update(access_needs="轮椅")
    status, body = upload(
        client, session, item(pass_of(rows[0])), item(rows[1].receipt.number, method="number")
    )
    first = body["results"][0]
    shown = {name: first[name] for name in ("word", "name", "group", "needs", "number")}
    assert (status, kinds(body), body["came"], body["expected"]) == (200, ["in", "in"], 2, 2)
    assert shown == {
        "word": "已签到",
        "name": "李四",
        "group": "群众代表",
        "needs": "轮椅",
        "number": rows[0].receipt.number,
    }
    methods = list(CheckIn.objects.values_list("method", flat=True))
    assert methods == [CheckInMethod.QR, CheckInMethod.NUMBER]


def test_each_item_gets_its_own_answer(client: Client, session: Session, group: SeatGroup) -> None:
    come, gone = make_registration(group), make_registration(group)
    cancel(registration=gone)
    full = [make_registration(group) for _ in range(2)]
    other = make_registration(make_group(make_session_at_hand(session.event)))
    numbers = [row.receipt.number for row in (come, come, gone, full[1], other)]
    status, body = upload(client, session, *map(item, [*numbers, "20200101-000000", "甲~乙"]))
    expected = ["in", "duplicate", "cancelled", "no_seat", "other", "unknown", "unknown"]
    words = ["已签到", "重复", "已取消", "没有名额", "不是本场", "没有这个编号", "没有这个编号"]
    assert (status, kinds(body)) == (200, expected)
    assert [result["word"] for result in body["results"]] == words
    assert (body["came"], body["expected"]) == (1, 2)


def test_a_replayed_queue_changes_nothing_and_answers_the_same(
    client: Client, session: Session, group: SeatGroup
) -> None:
    queue = [item(make_registration(group).receipt.number) for _ in range(2)]
    first = upload(client, session, *queue)
    assert upload(client, session, *queue) == first
    assert CheckIn.objects.count() == 2


def test_a_broken_item_is_told_and_the_others_count(
    client: Client, session: Session, group: SeatGroup
) -> None:
    good = item(make_registration(group).receipt.number)
    old = (timezone.now() - timedelta(days=400)).isoformat()
    broken = [
        item("20260101-000000", scanned_at="gestern"),
        item("20260101-000000", scanned_at=old),
        item("20260101-000000", nonce="1"),
        item("20260101-000000", method="smell"),
        item("x" * 201),
        item("\u200b\x00"),
        item("\ud800~\udfff"),
        item("", nonce=["a"], scanned_at={"a": 1}),
        {},
    ]
    status, body = upload(client, session, *broken, good)
    assert (status, kinds(body)[-1], CheckIn.objects.count()) == (422, "in", 1)
    assert {*kinds(body)[:-1]} <= {"broken", "unknown"}
    assert all(result["message"] for result in body["results"])


def test_a_clock_that_is_ahead_counts_as_now(
    client: Client, session: Session, group: SeatGroup
) -> None:
    ahead = (timezone.now() + timedelta(days=2)).isoformat()
    row = make_registration(group)
    status, body = upload(client, session, item(row.receipt.number, scanned_at=ahead))
    assert (status, kinds(body)) == (200, ["in"])
    assert CheckIn.objects.get().scanned_at <= timezone.now()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"items": {}}',
        '{"items": [1]}',
        "[" * 100_000,
        json.dumps({"items": [{}] * (MOST_ITEMS + 1)}),
        b"\xff\xfe",
    ],
)
def test_a_body_that_is_no_queue_is_refused(client: Client, session: Session, body: Any) -> None:
    address = reverse("check_in:upload", args=[session.pk])
    reply = client.post(address, body, content_type="application/json")
    assert (reply.status_code, reply.json()) == (422, {"results": []})


def test_the_forms_are_guarded_against_other_sites(officer: User, session: Session) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    for name in ("upload", "door", "find"):
        assert client.post(reverse(f"check_in:{name}", args=[session.pk])).status_code == 403


def test_by_a_plain_form_with_the_last_six_digits(
    client: Client, session: Session, group: SeatGroup
) -> None:
    row = make_registration(group, name="李四")
    typed = {"text": row.receipt.number[-6:], "nonce": uuid.uuid4(), "method": "number"}
    address = reverse("check_in:door", args=[session.pk])
    for _ in range(2):
        # The second is what a reload of the answer sends.
        reply = client.post(address, typed)
        page = reply.content.decode()
        assert (reply.status_code, "已签到" in page, "李四" in page) == (200, True, True)
    refused = client.post(address, {**typed, "nonce": uuid.uuid4()})
    assert (refused.status_code, "重复" in refused.content.decode()) == (422, True)
    empty = client.post(address, {**typed, "text": " "})
    assert "请输入报名编号或后六位。" in empty.content.decode()


def test_the_page_holds_numbers_and_states_but_no_names(
    client: Client, session: Session, group: SeatGroup
) -> None:
    row = make_registration(group, name="李四")
    page = client.get(reverse("check_in:door", args=[session.pk])).content.decode()
    assert (row.receipt.number in page, "李四" in page) == (True, False)
    found = client.get(reverse("check_in:standing", args=[session.pk])).json()
    assert found == {"came": 0, "expected": 1, "numbers": {row.receipt.number: "confirmed"}}


def test_people_are_found_by_part_of_their_name_in_this_session_alone(
    client: Client, session: Session, group: SeatGroup
) -> None:
    here = make_registration(group, name="欧阳 小明")
    make_registration(make_group(make_session_at_hand(session.event)), name="欧阳大明")
    address = reverse("check_in:find", args=[session.pk])
    page = client.post(address, {"name": " 阳小"}).content.decode()
    assert (here.receipt.number in page, "欧阳大明" in page) == (True, False)
    assert "为欧阳 小明签到" in page
    nobody = client.post(address, {"name": "赵"}).content.decode()
    assert "本场没有叫这个名字的人。" in nobody
    empty = client.post(address, {"name": ""})
    assert (empty.status_code, "请输入姓名。" in empty.content.decode()) == (422, True)


def test_who_has_come_and_the_undo(client: Client, session: Session, group: SeatGroup) -> None:
    come, missing = make_registration(group, name="李四"), make_registration(group, name="王五")
    upload(client, session, item(come.receipt.number))
    address = reverse("check_in:people", args=[session.pk])
    page = client.get(address).content.decode()
    assert page.index("没有到的（1人）") < page.index("王五") < page.index("已到的（1人）")
    assert page.index("已到的（1人）") < page.index("李四")
    undo = reverse("check_in:undo", args=[session.pk, come.pk])
    reply = client.post(undo, {"reason": ""})
    assert (reply.status_code, "请写明撤销签到的理由。" in reply.content.decode()) == (422, True)
    assert client.post(undo, {"reason": "扫错人"})["Location"] == address
    again = client.post(undo, {"reason": "扫错人"})
    assert (again.status_code, "没有可以撤销的签到" in again.content.decode()) == (422, True)
    wrong = reverse("check_in:undo", args=[make_session_at_hand(session.event).pk, missing.pk])
    assert client.post(wrong, {"reason": "扫错人"}).status_code == 404
    assert Registration.objects.get(pk=come.pk).state == State.CONFIRMED


def test_the_list_costs_the_same_for_one_and_for_three(client: Client, group: SeatGroup) -> None:
    session = group.session
    Session.objects.filter(pk=session.pk).update(capacity=9)
    address = reverse("check_in:people", args=[session.pk])
    client.get(address)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            upload(client, session, item(make_registration(group).receipt.number))
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_todays_sessions_come_first_and_called_off_ones_not_at_all(
    client: Client, session: Session, officer: User
) -> None:
    event, now = session.event, timezone.now()
    later = make_session(event, title="later")
    times = {"today": now, "past": now - timedelta(days=3), "long ago": now - timedelta(days=30)}
    for title, moment in times.items():
        row = make_session(event, title=title)
        starts = moment - timedelta(minutes=1)
        Session.objects.filter(pk=row.pk).update(
            registration_opens_at=starts - timedelta(days=9),
            registration_closes_at=starts - timedelta(days=2),
            cancel_until=starts - timedelta(days=1),
            offers_until=starts - timedelta(days=1),
            starts_at=starts,
            ends_at=starts + timedelta(minutes=2),
        )
    cancel_session(session=make_session(event, title="off"), user=officer, reason="暴雨")
    page = client.get(reverse("check_in:choose")).content.decode()
    order = [page.index(word) for word in ("today ·", "以后的场次", "最近结束", "past ·")]
    assert order == sorted(order)
    assert ("off ·" in page, "long ago ·" in page) == (False, False)
    assert (
        "这一场不在今天" in client.get(reverse("check_in:door", args=[later.pk])).content.decode()
    )


def test_names_and_needs_are_seen_around_the_session_alone(
    officer: User, session: Session, group: SeatGroup
) -> None:
    row = make_registration(group, name="欧阳春")
    Registration.objects.filter(pk=row.pk).update(access_needs="轮椅")
    shown = []
    for hours in (0, 30, -30):
        with time_machine.travel(session.starts_at + timedelta(hours=hours), tick=False):
            user = signed_in(officer)
            people = user.get(reverse("check_in:people", args=[session.pk])).content.decode()
            address = reverse("check_in:find", args=[session.pk])
            found = user.post(address, {"name": "欧阳"}).content.decode()
            shown.append([word in people + found for word in ("欧阳春", "轮椅", "24小时内")])
    assert shown == [[True, True, False], [False, False, True], [False, False, True]]
