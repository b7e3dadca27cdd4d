"""Registering over the web, as a browser does: every refusal keeps what was typed."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from openday.enums import Origin, SeatMethod
from openday.models import EventCondition, EventPage, Registration, SeatGroup, Session
from openday.services.sessions import cancel_session
from people.models import PrivacyNotice
from people.throttle import reset_limits
from tests.factories.consultation import make_notice
from tests.factories.openday import (
    make_drawn_group,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
    next_phone,
    publish,
)
from tests.factories.registering import address_of, filled_in, post
from tests.factories.speaking import answered_in_words, html_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready(session: Session, group: SeatGroup) -> None:
    reset_limits()
    make_notice()
    publish(session.event)
    session.event.refresh_from_db()


def heading(response: Any) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html_of(response), re.S)
    assert found
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def problems(response: Any) -> list[str]:
    """The summary of errors, as text."""
    summary = html_of(response).partition('class="error-summary__list"')[2].partition("</ul>")[0]
    return [re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>(.*?)</li>", summary)]


def test_a_free_seat_is_confirmed_with_number_code_and_pass(
    client: Client, session: Session, group: SeatGroup
) -> None:
    response = post(client, session, filled_in(group, access_needs="轮椅", photo_consent="on"))
    row = Registration.objects.get()
    assert (response.status_code, heading(response)) == (200, "名额已确认")
    page = html_of(response)
    assert row.receipt.number in page
    assert 'class="qr"' in page
    assert row.receipt.code not in response.request["PATH_INFO"]
    assert "no-store" in response["Cache-Control"]
    assert (row.origin, row.held_for_review, row.photo_consent) == (Origin.WEB, False, True)
    assert (row.access_needs, row.notice) == ("轮椅", PrivacyNotice.objects.get(version=1))


@pytest.mark.parametrize(
    ("method", "words"),
    [(SeatMethod.REVIEW, "等待审核"), (SeatMethod.DRAW, "等待抽签")],
)
def test_the_receipt_says_exactly_where_one_stands(
    client: Client, session: Session, method: SeatMethod, words: str
) -> None:
    make = make_drawn_group if method == SeatMethod.DRAW else make_group
    group = make(session, **({} if method == SeatMethod.DRAW else {"method": method}))
    response = post(client, session, filled_in(group))
    assert heading(response) == words
    assert 'class="qr"' not in html_of(response)


def test_who_comes_late_waits_and_reads_at_which_place(
    client: Client, session: Session, group: SeatGroup
) -> None:
    for _person in range(3):
        make_registration(group)
    assert heading(post(client, session, filled_in(group))) == "候补第 2 位"


def test_a_double_click_and_a_replay_get_the_same_receipt(
    client: Client, session: Session, group: SeatGroup
) -> None:
    data = filled_in(group)
    pages = [html_of(post(client, session, data)) for _attempt in range(15)]
    fresh = [{**data, "captcha": filled_in(group)["captcha"]} for _attempt in range(12)]
    pages += [html_of(post(client, session, again)) for again in fresh]
    row = Registration.objects.get()
    assert [row.receipt.number in page for page in pages] == [True] * 27


def test_who_goes_back_for_a_neighbour_is_not_shown_the_first_receipt(
    client: Client, session: Session, group: SeatGroup
) -> None:
    """Neither the code of another person, nor the claim that the neighbour is registered."""
    data = filled_in(group)
    post(client, session, data)
    neighbour = {**data, "name": "李四", "phone": next_phone()}
    for again in (neighbour, {**neighbour, "captcha": filled_in(group)["captcha"]}):
        refused = post(client, session, again)
        assert refused.status_code == 422
        assert Registration.objects.get().receipt.number not in html_of(refused)
        assert any("已经用过一次" in problem for problem in problems(refused))
    key = refused.context["form"].key
    assert key != data["idempotency_key"]
    fresh = {**neighbour, "idempotency_key": key, "captcha": filled_in(group)["captcha"]}
    assert heading(post(client, session, fresh)) == "名额已确认"


def test_a_replay_needs_neither_captcha_nor_an_open_window(
    client: Client, session: Session, group: SeatGroup
) -> None:
    data = filled_in(group)
    post(client, session, data)
    with time_machine.travel(session.registration_closes_at + timedelta(hours=1)):
        again = post(client, session, {**data, "captcha": "", "consent": ""})
    assert heading(again) == "名额已确认"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"group": None}, "请选择以哪一类代表报名。"),
        ({"group": "999999"}, "这一类已经不在名额里，请重新选择。"),
        ({"name": " \u200b"}, "请填写姓名。"),
        ({"name": "王 "}, "请填写姓名全称，至少两个字。"),
        ({"phone": ""}, "请填写联系电话。"),
        ({"phone": "12345"}, "请填写 11 位手机号，或带区号的固定电话。"),
        ({"email": "x@"}, "邮箱地址不完整，应类似 name@example.com；也可以不填。"),
        ({"consent": None}, "请阅读个人信息保护告知，同意后在这里打勾。"),
        ({"notice_version": "7"}, "个人信息保护告知刚刚更新，请重新阅读并同意。"),
        ({"idempotency_key": "x"}, "页面数据不完整，请重新提交一次。"),
        ({"name": "长" * 41}, "这里写了 41 字，超出上限 40 字，请删减后再提交。"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_kept(
    client: Client, session: Session, group: SeatGroup, changes: dict[str, Any], found: str
) -> None:
    response = post(client, session, filled_in(group, transport="坐公交", **changes))
    assert (response.status_code, problems(response)) == (422, [found])
    assert 'value="坐公交"' in html_of(response)
    assert not Registration.objects.exists()


def test_the_same_phone_in_another_writing_is_one_person(
    client: Client, session: Session, group: SeatGroup
) -> None:
    make_registration(group, phone="13800000001")
    response = post(client, session, filled_in(group, phone="+86 138-0000-0001"))
    assert response.status_code == 422
    assert problems(response) == [
        "这个电话号码已经报过这一场，不能重复报名。可凭报名编号和查询码查询。"
    ]
    assert 'href="#id_phone"' in html_of(response)


def test_conditions_are_listed_and_confirmed(client: Client, session: Session, group: Any) -> None:
    event = EventPage.objects.get(pk=session.event_id)
    event.conditions = [EventCondition(text="年满18周岁")]
    publish(event)
    assert "年满18周岁" in html_of(client.get(address_of(session)))
    refused = post(client, session, filled_in(group))
    assert problems(refused) == ["请核对报名条件，符合的在这里打勾。"]
    assert heading(post(client, session, filled_in(group, conditions="on"))) == "名额已确认"


def test_a_group_by_name_needs_its_code(client: Client, session: Session) -> None:
    group = make_group(session, method=SeatMethod.INVITED, name="特邀代表")
    missing = post(client, session, filled_in(group))
    assert problems(missing) == ["“特邀代表”由单位推荐或邀请产生，请填写邀请码，或者选择其他类别。"]
    wrong = post(client, session, filled_in(group, invitation="ABC"))
    assert "邀请码不对" in problems(wrong)[0]
    assert group.invitation_code not in html_of(wrong)
    right = post(client, session, filled_in(group, invitation=group.invitation_code.lower()))
    assert heading(right) == "名额已确认"


def test_neither_seat_nor_place_in_line(client: Client, session: Session, group: SeatGroup) -> None:
    SeatGroup.objects.filter(pk=group.pk).update(waiting_limit=0)
    for _person in range(2):
        make_registration(group)
    assert "名额和候补都已满" in html_of(client.get(address_of(session)))
    response = post(client, session, filled_in(group))
    assert problems(response) == ["这一类的名额和候补都已满，不能再报名。可以选择其他类别。"]


@pytest.mark.parametrize(("hours", "words"), [(-1, "报名尚未开始"), (24 * 60, "截止，不能再报名")])
def test_outside_of_the_window_what_was_typed_comes_back(
    client: Client, session: Session, group: SeatGroup, hours: int, words: str
) -> None:
    data = filled_in(group, address="测试村")
    with time_machine.travel(session.registration_opens_at + timedelta(hours=hours)):
        read, sent = client.get(address_of(session)), post(client, session, data)
    assert (read.status_code, sent.status_code) == (200, 409)
    assert words in html_of(read)
    assert 'value="测试村"' in html_of(sent)
    assert not Registration.objects.exists()


def test_to_the_second(client: Client, session: Session, group: SeatGroup) -> None:
    closes = session.registration_closes_at
    data = filled_in(group, **answered_in_words())
    with time_machine.travel(closes, tick=False):
        assert post(client, session, data).status_code == 409
    with time_machine.travel(closes - timedelta(seconds=1), tick=False):
        assert post(client, session, filled_in(group)).status_code == 200


def test_a_cancelled_session_says_so(client: Client, session: Session, group: SeatGroup) -> None:
    cancel_session(session=session, user=make_officer_of(session.event), reason="暴雨")
    assert "这一场已经取消，不能报名。" in html_of(post(client, session, filled_in(group)))


def test_without_a_privacy_notice_nothing_is_collected(
    client: Client, session: Session, group: SeatGroup
) -> None:
    PrivacyNotice.objects.all().delete()
    response = client.get(address_of(session))
    assert response.status_code == 503
    assert "网上报名暂未开通" in html_of(response)


def test_what_passed_in_words_is_held_for_review_and_limited_strictly(
    client: Client, session: Session, group: SeatGroup
) -> None:
    phone = "13800000002"
    answers = []
    for _attempt in range(4):
        data = filled_in(group, phone=phone, **answered_in_words())
        answers.append(post(client, session, data))
    assert [answer.status_code for answer in answers] == [200, 422, 422, 429]
    assert answers[3]["Retry-After"]
    assert "操作过于频繁" in problems(answers[3])[0]
    assert Registration.objects.get().held_for_review is True


def test_another_events_session_is_not_found(client: Client, session: Session) -> None:
    other = make_session()
    assert client.get(f"{session.event.url}register/{other.pk}/").status_code == 404


def test_hostile_names_are_only_words(client: Client, session: Session, group: SeatGroup) -> None:
    data = filled_in(group, name="<script>x</script>", address="=1+1\u202e", phone="x")
    page = html_of(post(client, session, data))
    assert "<script>x" not in page
    assert 'value="&lt;script&gt;x&lt;/script&gt;"' in page
    taken = post(
        client, session, {**data, "phone": "13800000003", "captcha": filled_in(group)["captcha"]}
    )
    assert "<script>x" not in html_of(taken)
    assert Registration.objects.get().contact.address == "=1+1"


def test_the_form_changes_nothing_and_is_never_kept(client: Client, session: Session) -> None:
    response = client.get(f"{address_of(session)}?group=1&confirmed=1")
    assert "no-store" in response["Cache-Control"]
    assert Registration.objects.count() == 0
    keys = re.findall(r'name="idempotency_key" value="([^"]+)"', html_of(response))
    assert [str(uuid.UUID(key)) for key in keys] == keys != []
