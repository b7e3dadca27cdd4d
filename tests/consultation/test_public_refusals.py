"""What the form for opinions refuses: it says so, and keeps what was typed."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consultation.enums import Phase
from consultation.models import Submission
from people.models import BurntChallenge, PrivacyNotice
from people.throttle import reset_limits
from tests.factories.consultation import make_draft
from tests.factories.speaking import (
    answered_in_words,
    html_of,
    post,
    spoken,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    reset_limits()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"phone": ""}, "请填写联系电话。"),
        ({"phone": "12345"}, "请填写 11 位手机号，或带区号的固定电话。"),
        ({"consent": None}, "请阅读个人信息保护告知，同意后在这里打勾。"),
        ({"captcha": ""}, "请完成验证后再提交。"),
        ({"email": "a@"}, "邮箱地址不完整，应类似 name@example.com；也可以不填。"),
        ({"kind": "robot"}, "选择一个有效的选项。"),
        ({"opinions-0-text": ""}, "还没有写意见，请填写意见内容。"),
        ({"opinions-0-text": "\u200b\u202e"}, "还没有写意见，请填写意见内容。"),
        ({"opinions-0-text": "长" * 3001}, "这条意见有 3001 字，超出上限 3000 字"),
        ({"opinions-0-clause": "nowhere"}, "所选的条款不在这份草案中，请重新选择。"),
        ({"name": "名" * 41}, "这里写了 41 字，超出上限 40 字"),
        ({"idempotency_key": "x"}, "页面数据不完整，请重新提交一次。"),
        ({"opinions-TOTAL_FORMS": "x"}, "页面数据不完整，请返回重新打开页面"),
        ({"notice_version": "0"}, "个人信息保护告知刚刚更新，请重新阅读并同意。"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, changes: dict[str, Any], message: str
) -> None:
    draft = make_draft()
    data = spoken(draft, "写了很久的意见。", address="测试村") | changes
    data = {name: value for name, value in data.items() if value is not None}
    response = post(client, draft, data)
    page = html_of(response)
    assert response.status_code == 422
    assert message in page[page.index("error-summary") : page.index("</form>")]
    assert "测试村" in page
    if not {"opinions-0-text", "opinions-TOTAL_FORMS"} & set(changes):
        assert "写了很久的意见。" in page
    assert Submission.objects.count() == 0


def test_a_refused_form_does_not_spend_the_captcha(client: Client) -> None:
    draft = make_draft()
    data = spoken(draft)
    assert post(client, draft, {**data, "phone": ""}).status_code == 422
    assert BurntChallenge.objects.count() == 0
    assert post(client, draft, data).status_code == 200


def test_a_broken_key_is_replaced(client: Client) -> None:
    draft = make_draft()
    page = html_of(post(client, draft, spoken(draft, idempotency_key="x")))
    assert uuid.UUID(re.search(r'name="idempotency_key" value="([^"]*)"', page)[1])


def test_a_new_notice_must_be_agreed_to_anew(client: Client) -> None:
    draft = make_draft()
    data = spoken(draft)
    PrivacyNotice.objects.create(version=2, body="<p>第二版。</p>")
    response = post(client, draft, data)
    assert response.status_code == 422
    page = html_of(response)
    assert 'name="notice_version" value="2"' in page
    assert " checked" not in re.search(r'<input type="checkbox" name="consent"[^>]*>', page)[0]
    data = spoken(draft, notice_version="2", captcha=data["captcha"])
    assert post(client, draft, data).status_code == 200
    assert Submission.objects.get().notice.version == 2


def test_twenty_opinions_are_taken_and_twenty_one_are_told(client: Client) -> None:
    draft = make_draft()
    texts = [f"意见{number}" for number in range(21)]
    response = post(client, draft, spoken(draft, *texts))
    assert response.status_code == 422
    assert "一次最多提交 20 条意见" in html_of(response)
    assert "意见20</textarea>" in html_of(response)
    assert post(client, draft, spoken(draft, *texts[:20])).status_code == 200
    assert Submission.objects.get().opinions.count() == 20


def test_without_a_script_the_limits_are_stricter(client: Client) -> None:
    draft = make_draft()
    statuses = [
        post(client, draft, spoken(draft, **answered_in_words())).status_code for _n in range(4)
    ]
    assert statuses == [200, 200, 200, 429]


def test_a_person_who_sends_too_often_is_told_and_keeps_the_text(client: Client) -> None:
    draft = make_draft()
    for _number in range(10):
        assert post(client, draft, spoken(draft)).status_code == 200
    response = post(client, draft, spoken(draft, "第十一次的意见。"))
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert "操作过于频繁" in html_of(response)
    assert "第十一次的意见。</textarea>" in html_of(response)
    assert post(client, draft, spoken(draft, phone="13800002222")).status_code == 200


@pytest.mark.parametrize(
    ("seconds", "status"), [(-1, 200), (0, 409), (1, 409)], ids=["before", "at", "after"]
)
def test_the_form_closes_to_the_second(client: Client, seconds: int, status: int) -> None:
    draft = make_draft()
    with time_machine.travel(draft.closes_at + timedelta(seconds=seconds), tick=False):
        response = post(client, draft, spoken(draft, "赶在最后的意见。"))
    assert response.status_code == status
    assert "赶在最后的意见。" in html_of(response)
    assert Submission.objects.count() == (status == 200)


def test_before_the_opening_the_form_refuses(client: Client) -> None:
    draft = make_draft(Phase.UPCOMING)
    with time_machine.travel(draft.opens_at - timedelta(seconds=1), tick=False):
        assert post(client, draft, spoken(draft)).status_code == 409
    with time_machine.travel(draft.opens_at, tick=False):
        assert post(client, draft, spoken(draft)).status_code == 200


def test_closed_during_the_sending_is_refused_with_the_text(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The period ends between the view's look at the clock and the row's lock."""
    draft = make_draft()
    before, after = draft.closes_at - timedelta(seconds=1), draft.closes_at
    with time_machine.travel(before, tick=False) as clock:
        data = spoken(draft, "最后一秒的意见。")
        monkeypatch.setattr(
            "consultation.views.speak.check_limits", lambda **_more: clock.move_to(after)
        )
        response = post(client, draft, data)
    assert response.status_code == 409
    assert "最后一秒的意见。</textarea>" in html_of(response)


def test_without_a_privacy_notice_nothing_is_taken(client: Client) -> None:
    draft = make_draft()
    PrivacyNotice.objects.all().delete()
    assert client.get(f"{draft.url}opinion/").status_code == 503
    response = post(client, draft, spoken(draft, "意见。"))
    assert response.status_code == 503
    assert "意见。</textarea>" in html_of(response)


def test_too_many_files_from_one_place_are_not_even_looked_at(
    client: Client, settings: Any
) -> None:
    settings.THROTTLE_LIMITS = {"upload": {"range": ["1/hour"]}}
    draft = make_draft()
    broken = {"attachments": [SimpleUploadedFile("坏的.png", b"no picture")]}
    assert post(client, draft, spoken(draft, **broken)).status_code == 422
    broken = {"attachments": [SimpleUploadedFile("坏的.png", b"no picture")]}
    response = post(client, draft, spoken(draft, "又带附件的意见。", **broken))
    page = html_of(response)
    assert (response.status_code, 0 < int(response["Retry-After"]) <= 3600) == (429, True)
    assert re.search(r'id="id_attachments_error">操作过于频繁，请在 \d+ 分钟后再试。<', page)
    assert "只接受" not in page
    assert "又带附件的意见。</textarea>" in page
    assert BurntChallenge.objects.count() == 0
    assert post(client, draft, spoken(draft)).status_code == 200


def test_the_page_without_its_token_gives_the_text_back() -> None:
    draft = make_draft()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"{draft.url}opinion/", spoken(draft, "没有令牌的意见。"))
    assert response.status_code == 403
    assert "没有令牌的意见。" in html_of(response)


def test_only_reading_and_sending_are_allowed(client: Client) -> None:
    draft = make_draft()
    assert client.put(f"{draft.url}opinion/").status_code == 405
    assert client.head(f"{draft.url}opinion/").status_code == 200
