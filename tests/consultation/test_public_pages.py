"""The page of a draft as an anonymous reader gets it."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultation.enums import Phase
from consultation.models import DecisionDraftPage, DraftBasis
from consultation.services.submissions import withdraw_opinion
from tests.factories.consultation import (
    make_clauses,
    make_draft,
    make_index,
    make_opinion,
    make_result,
    make_submission,
    publish_again,
)

pytestmark = pytest.mark.django_db


def html(client: Client, draft: DecisionDraftPage, path: str = "") -> str:
    response = client.get(draft.url + path)
    assert response.status_code == 200
    return str(response.content.decode())


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_is_shown_and_only_the_open_one_takes_opinions(
    client: Client, phase: Phase
) -> None:
    page = html(client, make_draft(phase))
    assert re.findall(r'class="status status--(\w+)">(\w+)<', page) == [(phase.value, phase.label)]
    assert ("提意见</span>" in page) == (phase == Phase.OPEN)
    assert ("note-template" in page) == (phase == Phase.OPEN)


@pytest.mark.parametrize("path", ["versions/", "versions/1/", "poster/", "opinion/"])
def test_the_other_pages_are_there(client: Client, path: str) -> None:
    assert html(client, make_draft(), path)


def test_the_five_disclosures_stand_on_the_page(client: Client) -> None:
    draft = make_draft(explanation="<p>为什么起草。</p>")
    page = html(client, draft)
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert headings == [
        "草案正文",
        "起草说明",
        "决策依据",
        "反馈途径",
        "联系方式",
        "办理说明",
    ]
    for words in ("为什么起草。", "测发〔2026〕1号", "便民服务中心一号窗口", "010-00000000"):
        assert words in page
    for clause in draft.clauses:
        assert f'id="c-{clause.id}"' in page


def test_the_decree_is_followed_not_applied(client: Client) -> None:
    page = html(client, make_draft())
    assert page.count("重大行政决策程序暂行条例") == 1
    assert "参照《重大行政决策程序暂行条例》" in page


@pytest.mark.parametrize(
    ("days", "words"),
    [(2, '还有<span class="countdown__number">2</span>天截止'), (0, "今天 24 时截止")],
)
def test_the_days_left_stand_beside_the_dates(client: Client, days: int, words: str) -> None:
    draft = make_draft(closing_in=days)
    page = html(client, draft)
    assert words in page
    assert f'<time datetime="{draft.opening_day}">{chinese(draft.opening_day)}</time>' in page
    closing = f'<time datetime="{draft.closing_day}">{chinese(draft.closing_day)}</time>'
    assert f'{closing}<span class="nowrap">24时</span>' in page


def test_the_page_turns_with_the_clock_to_the_second(client: Client) -> None:
    draft = make_draft()
    for moment, phase in (
        (draft.opens_at, "open"),
        (draft.closes_at - timedelta(seconds=1), "open"),
        (draft.closes_at, "closed"),
        (local(draft.feedback_due, 23, 59), "closed"),
        (local(draft.feedback_due, 23, 59) + timedelta(seconds=60), "overdue"),
    ):
        with time_machine.travel(moment, tick=False):
            assert f'data-phase="{phase}"' in html(client, draft)


def test_a_copy_lasts_no_longer_than_the_next_turn(client: Client) -> None:
    draft = make_draft()
    midnight = local(timezone.localdate() + timedelta(days=1), 0)
    moments = {midnight - timedelta(seconds=9): 9, midnight: 30}
    for moment, seconds in moments.items():
        with time_machine.travel(moment, tick=False):
            response = client.get(draft.url)
            assert response["Cache-Control"] == f"public, max-age={seconds}"
    with time_machine.travel(draft.closes_at - timedelta(seconds=4), tick=False):
        assert client.get(draft.url)["Cache-Control"] == "public, max-age=4"


def test_the_page_is_the_same_for_everyone(client: Client) -> None:
    response = client.get(make_draft().url)
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_a_short_period_says_why_and_a_usual_one_does_not(client: Client) -> None:
    today = timezone.localdate()
    short = make_draft(
        opening_day=today,
        closing_day=today + timedelta(days=29),
        short_period_reason="汛期临近，须尽快实施。",
    )
    assert "期限较短的理由：汛期临近，须尽快实施。" in html(client, short)
    usual = make_draft(short_period_reason="汛期临近，须尽快实施。")
    assert "期限较短的理由" not in html(client, usual)


def test_an_extension_is_told_with_date_and_reason(client: Client) -> None:
    draft = make_draft()
    later = draft.closing_day + timedelta(days=7)
    draft = publish_again(draft, closing_day=later, extension_reason="方便返乡人员参与。")
    today = timezone.localdate()
    page = html(client, draft)
    assert f'<time datetime="{today}">{chinese(today)}</time>公布：延长至{chinese(later)}。' in page
    assert "理由：方便返乡人员参与。" in page


def test_only_the_number_of_opinions_is_public(client: Client) -> None:
    draft = make_draft()
    first, second, *_rest = (clause.id for clause in draft.clauses if clause.commentable)
    texts = ["机密甲。", "机密乙。", "机密丙。"]
    submission = make_submission(draft, *texts, clauses=[first, first, second], name="机密名")
    make_submission(draft, "机密丁。", clauses=[None])
    withdraw_opinion(submission=submission, number=1)
    page = html(client, draft)
    shown = dict(
        re.findall(r'"clause [^"]*" id="c-([\w-]+)">.*?speak-mark__count">(\d+)条意见', page, re.S)
    )
    assert shown == {first: "2", second: "1"}
    assert "<dt>已收到意见</dt><dd>4 条</dd>" in page
    assert "机密" not in page


def test_a_mark_leads_to_the_form_for_its_clause(client: Client) -> None:
    draft = make_draft()
    marks = re.findall(r'href="([^"]+)\?clause=([\w-]+)"', html(client, draft))
    wanted = [clause.id for clause in draft.clauses if clause.commentable]
    assert marks == [(f"{draft.url}opinion/", clause) for clause in wanted]


def test_the_elder_version_links_to_itself(client: Client) -> None:
    draft = make_draft()
    page = client.get(f"/elder{draft.url}").content.decode()
    assert f'href="/elder{draft.url}opinion/?clause=' in page
    assert f'href="/elder{draft.url}versions/"' in page


def test_an_answered_draft_links_to_its_result(client: Client) -> None:
    draft = make_draft(Phase.CLOSED)
    result = make_result(draft)
    page = html(client, draft)
    assert f'href="{result.url}"' in page
    assert f'href="{draft.url}"' in client.get(result.url).content.decode()


def test_basis_with_links_and_hostile_words(client: Client) -> None:
    draft = make_draft(title='题<script>alert("1")</script>', summary="<img src=x>")
    draft.basis.add(DraftBasis(title="另一个<b>依据", url="https://example.org/law"))
    draft.save_revision().publish()
    page = html(client, draft)
    assert (
        '<a href="https://example.org/law" rel="noopener external">另一个&lt;b&gt;依据</a>' in page
    )
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


@pytest.mark.parametrize("path", ["", "opinion/", "versions/", "versions/1/", "poster/"])
def test_nothing_is_inline(client: Client, path: str) -> None:
    page = html(client, make_draft(), path)
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def count_queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{address}?again").status_code == 200
    return len(queries)


def test_a_hundred_clauses_take_no_more_queries_than_three(client: Client) -> None:
    few, many = make_draft(clauses=make_clauses(3)), make_draft(clauses=make_clauses(100))
    make_opinion(few)
    for clause in many.clauses[1:40]:
        make_opinion(many, clauses=[clause.id])
    assert count_queries(client, many.url) == count_queries(client, few.url) <= 30


def test_the_preview_of_an_unsaved_draft_is_shown() -> None:
    draft = DecisionDraftPage(title="新草案", slug="new")
    column = make_index()
    draft.path, draft.depth = f"{column.path}0001", column.depth + 1
    response: Any = draft.make_preview_request()
    assert response.status_code == 200
    assert "新草案" in response.content.decode()
