"""查询我的意见: looking up and taking back."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from consultation.enums import Outcome, Phase, Review
from consultation.models import DecisionDraftPage
from consultation.services.opinions import review_opinions, split_opinion
from people.codes import draw_code, format_code
from people.throttle import reset_limits
from tests.factories.consultation import (
    make_draft,
    make_opinion,
    make_response,
    make_result,
    make_staff,
    make_submission,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    reset_limits()


def look_up(client: Client, number: str, code: str) -> Any:
    return client.post("/lookup/", {"number": number, "code": code})


def found(client: Client, submission: Any) -> str:
    response = look_up(client, submission.receipt.number, submission.receipt.code)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return str(response.content.decode())


def token_in(page: str) -> str:
    match = re.search(r'name="token" value="([^"]+)"', page)
    assert match
    return match[1]


def stations(page: str) -> list[str]:
    """The current station of each opinion, in order."""
    return re.findall(r'aria-current="step">([^<]+)<', page)


def test_number_and_code_as_people_write_them(client: Client) -> None:
    submission = make_submission(make_draft(), "建议一。", "建议二。")
    number, code = submission.receipt.number, submission.receipt.code
    written = look_up(client, number.replace("-", " "), format_code(code).lower())
    assert written.status_code == 200
    page = written.content.decode()
    assert stations(page) == ["已收到", "已收到"]
    assert code not in page
    assert format_code(code) not in page


@pytest.mark.parametrize("wrong", ["number", "code", "both"])
def test_a_wrong_pair_learns_nothing(client: Client, wrong: str) -> None:
    submission = make_submission(make_draft())
    number, code = submission.receipt.number, submission.receipt.code
    if wrong != "code":
        number = "20200101-000000"
    if wrong != "number":
        code = draw_code()
    response = look_up(client, number, code)
    assert response.status_code == 422
    assert "没有找到这份回执。" in response.content.decode()


def test_a_mistyped_code_is_told_before_it_is_looked_up(client: Client) -> None:
    response = look_up(client, "20260101-123456", "ABC")
    assert response.status_code == 422
    assert "查询码输入有误" in response.content.decode()


def test_the_code_goes_by_post_only(client: Client) -> None:
    submission = make_submission(make_draft())
    number, code = submission.receipt.number, submission.receipt.code
    page = client.get(f"/lookup/?number={number}&code={code}").content.decode()
    assert "的意见</p>" not in page
    assert 'method="post"' in page


def test_many_tries_at_one_number_are_refused(client: Client) -> None:
    submission = make_submission(make_draft())
    number = submission.receipt.number
    statuses = [look_up(client, number, draw_code()).status_code for _try in range(11)]
    assert statuses == [422] * 10 + [429]
    late = look_up(client, number, submission.receipt.code)
    assert late.status_code == 429
    assert "操作过于频繁" in late.content.decode()
    assert int(late["Retry-After"]) <= 600


def test_outcome_and_reason_are_told_only_with_the_result(client: Client) -> None:
    draft = make_draft(Phase.CLOSED)
    opinion = make_opinion(draft, "建议增设窗口。")
    make_response([opinion], outcome=Outcome.PARTLY, reason="先在镇中心试行。")
    page = found(client, opinion.submission)
    assert stations(page) == ["办理中"]
    assert "先在镇中心试行。" not in page
    result = make_result(draft)
    page = found(client, opinion.submission)
    assert stations(page) == ["已反馈"]
    assert "部分采纳" in page
    assert "先在镇中心试行。" in page
    assert result.url in page


def test_a_reviewed_a_withheld_and_a_split_opinion_say_so(client: Client) -> None:
    draft = make_draft()
    submission = make_submission(draft, "一。", "二。", "三。")
    staff = make_staff(draft.unit)
    first, second, third = submission.opinions.order_by("number")
    review_opinions(opinions=[first], review=Review.REVIEWED, user=staff)
    review_opinions(opinions=[second], review=Review.WITHHELD, user=staff, note="含他人信息")
    split_opinion(opinion=third, texts=["三之一。", "三之二。"], user=staff)
    page = found(client, submission)
    assert stations(page) == ["已审核", "已审核", "办理中", "已收到", "已收到"]
    assert "原因：含他人信息" in page
    assert "已拆成几条分别办理" in page


def withdraw(client: Client, page: str, number: int, **more: str) -> Any:
    return client.post("/lookup/withdraw/", {"token": token_in(page), "number": number, **more})


def test_taking_back_asks_first_and_counts_still(client: Client) -> None:
    draft = make_draft()
    submission = make_submission(draft, "一。", "二。")
    page = found(client, submission)
    asked = withdraw(client, page, 1)
    assert asked.status_code == 200
    assert "撤回1号意见？" in asked.content.decode()
    assert draft.opinions.withdrawn().count() == 0
    done = withdraw(client, asked.content.decode(), 1, confirmed="1")
    assert "1号意见已撤回。" in done.content.decode()
    assert stations(done.content.decode()) == ["已撤回", "已收到"]
    assert [row.number for row in draft.opinions.withdrawn()] == [1]
    assert draft.opinions.counted().count() == 2
    again = withdraw(client, page, 1, confirmed="1")
    assert again.status_code == 409


def test_going_back_changes_nothing(client: Client) -> None:
    submission = make_submission(make_draft(), "一。")
    page = found(client, submission)
    back = withdraw(client, page, 1, back="1")
    assert stations(back.content.decode()) == ["已收到"]


def test_after_closing_nothing_is_taken_back(client: Client) -> None:
    draft = make_draft()
    submission = make_submission(draft, "一。")
    page = found(client, submission)
    with time_machine.travel(draft.closes_at - timedelta(seconds=60)):
        page = found(client, submission)
        assert "撤回1号意见" in page
    with time_machine.travel(draft.closes_at):
        response = withdraw(client, page, 1, confirmed="1")
        assert response.status_code == 409
        assert "征求意见已结束，意见不能再撤回。" in response.content.decode()
        assert "撤回1号意见" not in found(client, submission)
    assert draft.opinions.withdrawn().count() == 0


def test_the_opinion_of_another_receipt_cannot_be_taken_back(client: Client) -> None:
    draft = make_draft()
    own, other = make_submission(draft, "一。"), make_submission(draft, "二。")
    page = found(client, own)
    number = other.opinions.get().number
    response = withdraw(client, page, number, confirmed="1")
    assert response.status_code == 409
    assert draft.opinions.withdrawn().count() == 0


def test_a_page_left_open_is_no_key(client: Client) -> None:
    submission = make_submission(make_draft(), "一。")
    page = found(client, submission)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        response = withdraw(client, page, 1, confirmed="1")
    assert response.status_code == 403
    assert "查询结果只保留30分钟" in response.content.decode()


@pytest.mark.parametrize("token", ["", "x", "1:2:3"])
def test_a_made_up_token_is_refused(client: Client, token: str) -> None:
    make_submission(make_draft(), "一。")
    response = client.post("/lookup/withdraw/", {"token": token, "number": 1, "confirmed": "1"})
    assert response.status_code == 403


def test_nothing_changes_by_get(client: Client) -> None:
    submission = make_submission(make_draft(), "一。")
    token = token_in(found(client, submission))
    response = client.get("/lookup/withdraw/", {"token": token, "number": 1, "confirmed": "1"})
    assert response.status_code == 405


def test_a_draft_taken_offline_is_still_told(client: Client) -> None:
    draft = make_draft()
    submission = make_submission(draft, "一。")
    DecisionDraftPage.objects.get(pk=draft.pk).unpublish()
    page = found(client, submission)
    assert draft.title in page
    assert f'href="{draft.url}"' not in page
