"""Sending opinions over the web, as a browser does."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultation.enums import Channel
from consultation.models import Submission
from people.models import PrivacyNotice
from people.throttle import reset_limits
from tests.factories.consultation import make_clauses, make_draft, publish_again
from tests.factories.speaking import (
    PHONE,
    answered_in_words,
    clauses_of,
    html_of,
    png,
    post,
    spoken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    reset_limits()


def test_two_opinions_become_one_submission_with_one_receipt(client: Client) -> None:
    draft = make_draft()
    first, second = clauses_of(draft)[:2]
    data = spoken(draft, (first, "建议延长时间。"), (second, "建议增设窗口。"), name="测试人")
    response = post(client, draft, data)
    submission = Submission.objects.get()
    assert response.status_code == 200
    assert submission.receipt.number in html_of(response)
    assert "网址：http://testserver/lookup/" in html_of(response)
    assert submission.receipt.code not in response.request["PATH_INFO"]
    assert "no-store" in response["Cache-Control"]
    assert [
        (str(row.clause.block_id), row.number, row.text, row.version.number)
        for row in submission.opinions.order_by("number").select_related("clause", "version")
    ] == [(first, 1, "建议延长时间。", 1), (second, 2, "建议增设窗口。", 1)]
    assert (submission.channel, submission.held_for_review) == (Channel.WEB, False)
    assert submission.contact.phone == f"+86{PHONE}"
    assert submission.notice == PrivacyNotice.objects.get(version=1)
    assert submission.consented_at is not None


def test_a_replay_gets_the_same_receipt_and_leaves_one_row(client: Client) -> None:
    draft = make_draft()
    data = spoken(draft)
    pages = [html_of(post(client, draft, data)) for _attempt in range(3)]
    submission = Submission.objects.get()
    assert [submission.receipt.number in page for page in pages] == [True] * 3
    assert "没有提交" not in pages[2]


def test_a_form_filled_in_anew_for_a_neighbour_shows_nobody_elses_receipt(client: Client) -> None:
    """The browser's way back keeps the key of the form."""
    draft = make_draft()
    data = spoken(draft)
    post(client, draft, data)
    sent = Submission.objects.get()
    other = spoken(draft, ("", "邻居的意见。"), idempotency_key=data["idempotency_key"])
    refused = post(client, draft, {**other, "phone": "13800138999"})
    page = html_of(refused)
    assert (refused.status_code, Submission.objects.count()) == (422, 1)
    assert [sent.receipt.number in page, "邻居的意见。" in page] == [False, True]
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page)
    assert key
    assert key[1] != data["idempotency_key"]
    again = post(
        client,
        draft,
        {**spoken(draft, ("", "邻居的意见。"), idempotency_key=key[1]), "phone": "13800138999"},
    )
    assert (again.status_code, Submission.objects.count()) == (200, 2)


def test_the_tab_that_sent_it_asks_for_its_receipt_with_an_empty_form(client: Client) -> None:
    draft = make_draft()
    data = spoken(draft)
    post(client, draft, data)
    asked = {"idempotency_key": data["idempotency_key"], "receipt": "1"}
    again = post(client, draft, asked)
    assert again.status_code == 200
    assert Submission.objects.get().receipt.number in html_of(again)


def test_a_replay_needs_neither_captcha_nor_an_open_period(client: Client) -> None:
    draft = make_draft()
    data = spoken(draft)
    post(client, draft, data)
    with time_machine.travel(draft.closes_at + timedelta(days=1)):
        again = post(client, draft, {**data, "captcha": "", "consent": ""})
    assert again.status_code == 200
    assert Submission.objects.get().receipt.number in html_of(again)


def test_replays_are_no_attempts_whatever_captcha_they_bring(client: Client) -> None:
    draft = make_draft()
    data = spoken(draft)
    assert [post(client, draft, data).status_code for _attempt in range(15)] == [200] * 15
    fresh = [
        post(client, draft, {**data, "captcha": spoken(draft)["captcha"]}) for _attempt in range(12)
    ]
    number = Submission.objects.get().receipt.number
    assert [number in html_of(response) for response in fresh] == [True] * 12


def test_what_is_written_is_read_from_nowhere_for_the_receipt(client: Client) -> None:
    """See docs/decisions/performance.md."""
    draft = make_draft()
    post(client, draft, spoken(draft, "这一次填满进程里记住的东西。"))
    data = spoken(draft, "一", "二", email="reader@example.com")
    with CaptureQueriesContext(connection) as queries:
        post(client, draft, data)
    read = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len(read) == 2  # the lock, and the highest number
    assert all("draft" in sql for sql in read)


def test_what_was_written_after_the_sending_is_given_back(client: Client) -> None:
    draft = make_draft()
    data = spoken(draft, "第一条意见。")
    post(client, draft, data)
    more = {"opinions-TOTAL_FORMS": "2", "opinions-1-clause": "", "opinions-1-text": "后来想到的。"}
    page = html_of(post(client, draft, {**data, **more}))
    assert Submission.objects.get().opinions.count() == 1
    assert "下面的内容没有提交" in page
    assert re.findall(r"readonly>([^<]*)<", page) == ["后来想到的。"]


def test_a_guessed_key_of_another_draft_shows_nothing(client: Client) -> None:
    draft, other = make_draft(), make_draft()
    data = spoken(draft)
    post(client, draft, data)
    response = post(client, other, {"idempotency_key": data["idempotency_key"]})
    assert response.status_code == 422
    assert Submission.objects.get().receipt.number not in html_of(response)


def test_a_key_that_brought_something_else_loses_nothing(client: Client) -> None:
    draft, other = make_draft(), make_draft()
    data = spoken(draft)
    post(client, draft, data)
    again = spoken(other, "对另一份草案的意见。", idempotency_key=data["idempotency_key"])
    response = post(client, other, again)
    page = html_of(response)
    assert (response.status_code, Submission.objects.count()) == (422, 1)
    assert "对另一份草案的意见。</textarea>" in page
    assert "请检查内容后重新提交" in page
    key = re.search(r'name="idempotency_key" value="([^"]*)"', page)[1]
    assert key != data["idempotency_key"]
    again = spoken(other, "对另一份草案的意见。", idempotency_key=key)
    assert post(client, other, again).status_code == 200
    assert other.submissions.get().opinions.get().text == "对另一份草案的意见。"


def test_the_limits_count_cleaned_characters_and_line_ends_once(client: Client) -> None:
    draft = make_draft()
    text = "\u200b" * 50 + "字" * 2998 + "\r\n" + "尾"
    assert post(client, draft, spoken(draft, text)).status_code == 200
    assert Submission.objects.get().opinions.get().text == "字" * 2998 + "\n尾"


def test_empty_rows_are_left_out(client: Client) -> None:
    draft = make_draft()
    first = clauses_of(draft)[0]
    assert post(client, draft, spoken(draft, (first, ""), "说一句。", "  ")).status_code == 200
    assert [row.text for row in Submission.objects.get().opinions.all()] == ["说一句。"]


def test_one_more_row_keeps_everything_typed(client: Client) -> None:
    draft = make_draft()
    first = clauses_of(draft)[0]
    data = spoken(draft, (first, "第一条<b>意见。"), name="测试人", phone="1380000", add="1")
    response = post(client, draft, data)
    page = html_of(response)
    assert response.status_code == 200
    assert page.count("data-row>") == 3  # two rows and the template
    assert "第一条&lt;b&gt;意见。</textarea>" in page
    assert f'<option value="{first}" selected>' in page
    assert 'value="1380000"' in page
    assert 'value="测试人"' in page
    assert data["idempotency_key"] in page
    assert "error-summary" not in page
    assert re.search(r'<input type="checkbox" name="consent"[^>]* checked', page)
    assert Submission.objects.count() == 0


def test_without_a_script_the_question_passes_and_is_held(client: Client) -> None:
    draft = make_draft()
    assert post(client, draft, spoken(draft, **answered_in_words())).status_code == 200
    assert Submission.objects.get().held_for_review is True


def test_files_are_kept_privately_with_the_submission(client: Client) -> None:
    draft = make_draft()
    broken = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nbroken", "image/png")
    response = post(client, draft, spoken(draft, attachments=[broken]))
    assert response.status_code == 422
    assert "a.png" in html_of(response)
    picture = SimpleUploadedFile("现场.png", png(), "image/png")
    assert post(client, draft, spoken(draft, attachments=[picture])).status_code == 200
    kept = Submission.objects.get().attachments.get()
    assert (kept.name, kept.content_type) == ("现场.png", "image/png")
    assert "现场" not in kept.file.name


def test_an_opinion_on_a_clause_dropped_meanwhile_is_still_taken(client: Client) -> None:
    draft = make_draft(clauses=make_clauses(3))
    kept, dropped = draft.clauses[:2], draft.clauses[1].id
    body = [block for block in draft.body.raw_data if block["id"] != dropped]
    publish_again(draft, body=body)
    page = html_of(client.get(f"{draft.url}opinion/?clause={dropped}"))
    assert f'<option value="{dropped}" selected>' in page
    assert "（已删除）" in page
    assert post(client, draft, spoken(draft, (dropped, "请保留这一条。"))).status_code == 200
    assert kept[1].label in Submission.objects.get().opinions.get().clause_name


def test_the_form_is_filled_for_the_clause_that_was_chosen(client: Client) -> None:
    draft = make_draft()
    second = clauses_of(draft)[1]
    response = client.get(f"{draft.url}opinion/?clause={second}")
    assert f'<option value="{second}" selected>' in html_of(response)
    assert "no-store" in response["Cache-Control"]
    assert uuid.UUID(re.search(r'name="idempotency_key" value="([^"]*)"', html_of(response))[1])


@pytest.mark.parametrize(
    "text", ["=1+1", "\x0b\ufffe段落", "👨‍👩‍👧 𠮷𰻝", "<script>alert(1)</script>"]
)
def test_hostile_and_rare_text_comes_through_cleaned(client: Client, text: str) -> None:
    draft = make_draft()
    response = post(client, draft, spoken(draft, text))
    assert response.status_code == 200
    kept = Submission.objects.get().opinions.get().text
    assert kept == text.replace("\x0b", "").replace("\ufffe", "")
    assert "<script>alert" not in html_of(response)


def test_the_receipt_says_truly_how_it_will_be_told(client: Client, settings: Any) -> None:
    draft = make_draft()
    plain = html_of(post(client, draft, spoken(draft)))
    assert "不会另外发给您" in plain
    mailed = html_of(post(client, draft, spoken(draft, email="zhang@example.com")))
    assert "z***@example.com" in mailed
    settings.NOTIFY_EMAIL = False
    unsent = html_of(post(client, draft, spoken(draft, email="zhang@example.com")))
    assert "不会另外发给您" in unsent


def test_the_receipt_names_the_day_of_the_answer(client: Client) -> None:
    draft = make_draft()
    due = draft.feedback_due
    page = html_of(post(client, draft, spoken(draft)))
    assert f"预计{due.year}年{due.month}月{due.day}日前" in page
    assert timezone.localdate() < due
