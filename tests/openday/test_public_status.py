"""查询我的报名: looking up, giving up, answering an offer, confirming again."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from openday.enums import SeatMethod, State
from openday.models import Registration, SeatGroup, Session
from openday.services.answering import cancel
from openday.services.checking_in import pass_of
from openday.services.deciding import reject
from openday.services.sessions import cancel_session, change_session
from people.codes import draw_code, format_code
from people.throttle import reset_limits
from tests.factories.consultation import make_draft, make_submission
from tests.factories.openday import make_group, make_officer_of, make_registration, publish
from tests.factories.speaking import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready(session: Session, group: SeatGroup) -> None:
    reset_limits()
    publish(session.event)


def look_up(client: Client, row: Registration) -> str:
    data = {"number": row.receipt.number, "code": row.receipt.code}
    response = client.post("/registrations/", data)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return html_of(response)


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def step(client: Client, row: Registration, where: str, **data: Any) -> Any:
    """Looks up, then posts to the address as the page's form does."""
    token = token_in(look_up(client, row))
    return client.post(f"/registrations/{where}/", {"token": token, **data})


def state_of(row: Registration) -> State:
    return State(Registration.objects.get(pk=row.pk).state)


def offered(group: SeatGroup) -> Registration:
    """Somebody who waited, and for whom a seat is free now."""
    first, _second = make_registration(group), make_registration(group)
    waiting = make_registration(group)
    cancel(registration=first)
    assert state_of(waiting) == State.OFFERED
    return waiting


def test_number_and_code_as_people_write_them(client: Client, group: SeatGroup) -> None:
    row = make_registration(group)
    data = {
        "number": row.receipt.number.replace("-", " "),
        "code": format_code(row.receipt.code).lower(),
    }
    page = html_of(client.post("/registrations/", data))
    assert "我的报名：名额已确认" in page
    assert row.receipt.code not in page
    assert format_code(row.receipt.code) not in page
    assert row.contact.shown_phone not in page
    assert pass_of(row) not in page


@pytest.mark.parametrize("wrong", ["number", "code", "both"])
def test_a_wrong_pair_learns_nothing(client: Client, group: SeatGroup, wrong: str) -> None:
    row = make_registration(group)
    number = row.receipt.number if wrong == "code" else "20200101-000000"
    code = row.receipt.code if wrong == "number" else draw_code()
    response = client.post("/registrations/", {"number": number, "code": code})
    assert response.status_code == 422
    assert "没有找到这项报名。" in html_of(response)
    assert "编号和查询码是对的" not in html_of(response)


def test_each_look_up_sends_the_others_receipts_there(client: Client, group: SeatGroup) -> None:
    row, submission = make_registration(group), make_submission(make_draft())
    pages = [
        html_of(client.post(address, {"number": receipt.number, "code": receipt.code}))
        for address, receipt in (("/registrations/", submission.receipt), ("/lookup/", row.receipt))
    ]
    assert ["这是提意见的回执" in pages[0], "这是报名的回执" in pages[1]] == [True, True]
    wrong = {"number": submission.receipt.number, "code": draw_code()}
    assert "这是提意见的回执" not in html_of(client.post("/registrations/", wrong))
    assert '<a href="/lookup/">' in html_of(client.get("/registrations/"))
    assert '<a href="/registrations/">' in html_of(client.get("/lookup/"))


def test_a_mistyped_number_or_code_is_told_before_it_is_looked_up(client: Client) -> None:
    response = client.post("/registrations/", {"number": "1", "code": "ABC"})
    assert response.status_code == 422
    assert "报名编号是 14 位数字" in html_of(response)
    assert "查询码输入有误" in html_of(response)


def test_trying_is_limited(client: Client, group: SeatGroup) -> None:
    data = {"number": make_registration(group).receipt.number, "code": draw_code()}
    answers = [client.post("/registrations/", data) for _attempt in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert answers[-1]["Retry-After"]


def test_the_place_in_line_is_shown(client: Client, group: SeatGroup) -> None:
    rows = [make_registration(group) for _person in range(4)]
    assert [
        "候补第 1 位" in look_up(client, rows[2]),
        "候补第 2 位" in look_up(client, rows[3]),
    ] == [
        True,
        True,
    ]


def test_cancelling_asks_first_and_goes_to_the_next_in_line(
    client: Client, group: SeatGroup
) -> None:
    row, _other, waiting = (make_registration(group) for _person in range(3))
    asked = step(client, row, "give-up")
    assert "取消报名？" in html_of(asked)
    assert state_of(row) == State.CONFIRMED
    back = step(client, row, "give-up", back="1")
    assert "我的报名：名额已确认" in html_of(back)
    done = step(client, row, "give-up", confirmed="1")
    assert (done.status_code, "我的报名：已取消" in html_of(done)) == (200, True)
    assert (state_of(row), state_of(waiting)) == (State.CANCELLED, State.OFFERED)


def test_an_offer_is_accepted_with_its_deadline_in_sight(client: Client, group: SeatGroup) -> None:
    row = offered(group)
    page = look_up(client, row)
    assert "有名额了，等您确认" in page
    assert "要不要这个名额？" in page
    done = step(client, row, "accept")
    assert "名额已确认，请按时到场。" in html_of(done)
    assert state_of(row) == State.CONFIRMED
    assert "接受递补，名额已确认" in html_of(done)


def test_an_offer_is_declined(client: Client, group: SeatGroup) -> None:
    row = offered(group)
    assert "放弃这个名额？" in html_of(step(client, row, "give-up"))
    done = step(client, row, "give-up", confirmed="1")
    assert "已放弃这个名额。" in html_of(done)
    assert state_of(row) == State.CANCELLED


def test_an_offer_that_ran_out_says_so(client: Client, group: SeatGroup, session: Session) -> None:
    row = offered(group)
    with time_machine.travel(session.offers_until + timedelta(seconds=1)):
        page = look_up(client, row)
        assert "确认时限已过" in page
        assert "要不要这个名额？" not in page


def test_too_late_to_accept_is_told(client: Client, group: SeatGroup, session: Session) -> None:
    row = offered(group)
    token = token_in(look_up(client, row))
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        Registration.objects.filter(pk=row.pk).update(offer_expires_at=timezone.now())
        late = client.post("/registrations/accept/", {"token": token})
    assert late.status_code == 409
    assert "这个名额已不再为您保留" in html_of(late)


def test_after_the_deadline_only_staff_cancel(
    client: Client, group: SeatGroup, session: Session
) -> None:
    row = make_registration(group)
    with time_machine.travel(session.cancel_until):
        assert "网上取消已经截止" in look_up(client, row)
        late = step(client, row, "give-up", confirmed="1")
        assert late.status_code == 409
    assert state_of(row) == State.CONFIRMED


def test_who_is_asked_again_confirms(client: Client, group: SeatGroup, session: Session) -> None:
    row = make_registration(group)
    moved = Session.objects.get(pk=session.pk)
    moved.place = "测试镇大礼堂"
    by = timezone.now() + timedelta(days=3)
    change_session(session=moved, user=make_officer_of(session.event), reconfirm_by=by)
    page = look_up(client, row)
    assert "时间或地点有变，还能来吗？" in page
    assert "测试镇大礼堂" in page
    assert "已记下您仍会参加" in html_of(step(client, row, "confirm"))
    assert "还能来吗" not in look_up(client, row)
    assert step(client, row, "confirm").status_code == 409


def test_the_reasons_of_refusals_are_shown(client: Client, session: Session) -> None:
    group = make_group(session, method=SeatMethod.REVIEW)
    row = make_registration(group)
    officer = make_officer_of(session.event)
    reject(registration=row, user=officer, reason="住址不在本镇")
    page = look_up(client, row)
    assert "我的报名：审核未通过" in page
    assert "理由：住址不在本镇" in page
    assert officer.username not in page


def test_a_cancelled_session_says_why(client: Client, group: SeatGroup, session: Session) -> None:
    row = make_registration(group)
    cancel_session(session=session, user=make_officer_of(session.event), reason="暴雨")
    page = look_up(client, row)
    assert "这一场已经取消" in page
    assert "理由：暴雨" in page
    assert 'class="qr"' not in page


def test_the_calendar_comes_by_post_with_the_token(client: Client, group: SeatGroup) -> None:
    row = make_registration(group, name="张,三;\n")
    response = step(client, row, "calendar")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{row.receipt.number}.ics"'
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert str(event["summary"]) == row.session.event.title
    assert "张" not in response.content.decode()


def test_without_a_seat_there_is_no_calendar(client: Client, session: Session) -> None:
    row = make_registration(make_group(session, method=SeatMethod.REVIEW))
    assert step(client, row, "calendar").status_code == 409


@pytest.mark.parametrize("where", ["give-up", "accept", "confirm", "calendar"])
def test_a_token_lasts_half_an_hour_and_belongs_to_nobody_else(
    client: Client, group: SeatGroup, where: str
) -> None:
    row = make_registration(group)
    token = token_in(look_up(client, row))
    address = f"/registrations/{where}/"
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        late = client.post(address, {"token": token, "confirmed": "1"})
    forged = client.post(address, {"token": f"{token}x", "confirmed": "1"})
    none = client.post(address, {"confirmed": "1"})
    assert [answer.status_code for answer in (late, forged, none)] == [403] * 3
    assert "结果只保留30分钟" in html_of(late)
    assert state_of(row) == State.CONFIRMED


def test_a_token_of_the_other_look_up_is_none_here(client: Client, group: SeatGroup) -> None:
    """Both forms stand on one ground, and their rows have the same numbers."""
    row, receipt = make_registration(group), make_submission(make_draft()).receipt
    shown = client.post("/lookup/", {"number": receipt.number, "code": receipt.code})
    given = {"token": token_in(html_of(shown)), "confirmed": "1"}
    assert client.post("/registrations/give-up/", given).status_code == 403
    given = {"token": token_in(look_up(client, row)), "number": 1, "confirmed": "1"}
    assert client.post("/lookup/withdraw/", given).status_code == 403


def test_links_change_nothing(client: Client, group: SeatGroup) -> None:
    """Scanners of mails and messengers follow every link."""
    row = offered(group)
    token = token_in(look_up(client, row))
    known = f"?token={token}&number={row.receipt.number}&code={row.receipt.code}&confirmed=1"
    answers = [
        client.get(f"/registrations/{where}{known}").status_code
        for where in ("", "give-up/", "accept/", "confirm/", "calendar/")
    ]
    assert answers == [200, 405, 405, 405, 405]
    assert state_of(row) == State.OFFERED
    assert Registration.objects.filter(transitions__to_state=State.CANCELLED).count() == 1
