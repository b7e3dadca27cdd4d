"""The register: filters, search, pages, and what is done to many opinions at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultation.enums import Channel, Outcome, Phase, Review
from consultation.models import DecisionDraftPage, Opinion
from consultation.services.opinions import review_opinions, split_opinion, undo_split
from consultation.services.submissions import withdraw_opinion
from publishing.desk_paginator import DeskPaginator
from publishing.models import Unit
from tests.consultation.desk import make_office
from tests.factories.consultation import make_draft, make_opinion, make_response, make_submission

pytestmark = pytest.mark.django_db
INDEX = "opinion:index"


def listed(desk: Client, query: str = "") -> list[int]:
    """The numbers of the opinions on the page, in its order."""
    return [row.number for row in desk.get(f"{reverse(INDEX)}?{query}").context["object_list"]]


def test_the_newest_come_first_or_last(desk: Client, draft: DecisionDraftPage) -> None:
    for _ in range(3):
        make_opinion(draft)
    assert listed(desk) == [3, 2, 1]
    assert listed(desk, "ordering=pk") == [1, 2, 3]


def test_each_stage_finds_its_opinions(desk, draft, editor) -> None:
    pending, passed, withheld, grouped, parent, undone = [make_opinion(draft) for _ in range(6)]
    review_opinions(opinions=[passed, grouped], review=Review.REVIEWED, user=editor)
    review_opinions(opinions=[withheld], review=Review.WITHHELD, user=editor, note="隐私")
    make_response([grouped])
    split_opinion(opinion=parent, texts=["一", "二"], user=editor)
    split_opinion(opinion=undone, texts=["一", "二"], user=editor)
    undo_split(opinion=undone, user=editor)
    found = {
        stage: sorted(listed(desk, f"stage={stage}"))
        for stage in ("pending", "reviewed", "withheld", "grouped", "split", "undone")
    }
    assert found == {
        "pending": [pending.number, undone.number, 7, 8],
        "reviewed": [passed.number],
        "withheld": [withheld.number],
        "grouped": [grouped.number],
        "split": [parent.number],
        "undone": [9, 10],
    }


def test_withdrawn_opinions_are_found(desk: Client, unit: Unit) -> None:
    draft = make_draft(unit=unit)
    kept, withdrawn = make_opinion(draft), make_opinion(draft)
    withdraw_opinion(submission=withdrawn.submission, number=withdrawn.number)
    assert listed(desk, "stage=withdrawn") == [withdrawn.number]
    assert listed(desk, "stage=pending") == [kept.number]


def test_filters_by_draft_clause_channel_outcome_day_and_hold(desk, unit, draft) -> None:
    other = make_draft(Phase.CLOSED, unit=unit)
    make_opinion(other)
    first, second = [row for row in draft.clauses if row.commentable][:2]
    make_submission(draft, "甲", clauses=[first.id], channel=Channel.LETTER)
    make_submission(draft, "乙", clauses=[None], held_for_review=True)
    answered = make_submission(draft, "丙", clauses=[second.id]).opinions.get()
    make_response([answered], outcome=Outcome.PARTLY)
    rows = {str(row.block_id): row.pk for row in draft.clause_rows.all()}
    day = answered.submission.received_on
    cases = {
        f"draft={other.pk}": [1],
        f"draft={draft.pk}": [3, 2, 1],
        f"draft={draft.pk}&clause={rows[first.id]}": [1],
        f"draft={draft.pk}&clause=whole": [2],
        "channel=letter": [1],
        "held=True": [2],
        "outcome=partly": [3],
        f"draft={draft.pk}&outcome=undecided": [2, 1],
        f"draft={draft.pk}&received_from={day}&received_to={day}": [3, 2, 1],
        f"draft={draft.pk}&received_from={day + timedelta(days=1)}": [],
    }
    assert {query: listed(desk, query) for query in cases} == cases


def test_a_filter_that_makes_no_sense_finds_nothing(desk, draft) -> None:
    stranger = make_draft(Phase.CLOSED, unit=make_office("农业办"))
    make_opinion(draft)
    for query in (
        f"draft={stranger.pk}",
        "draft=abc",
        "stage=nonsense",
        "received_from=x",
        "unit=9",
    ):
        expected = [1] if query == "unit=9" else []
        assert (query, listed(desk, query)) == (query, expected)


def test_search_finds_chinese_letters_numbers_and_receipts(desk, draft) -> None:
    road = make_opinion(draft, "请把河堤路的路灯修好。")
    make_opinion(draft, "支持使用ETC收费。")
    make_opinion(draft, "路灯太暗。")
    cases = {
        "路灯": [3, 1],
        "河堤 路灯": [1],
        "etc": [2],
        "2": [2],
        "2号": [2],
        road.submission.receipt.number: [1],
        "没有的词": [],
        "%": [],
    }
    assert {words: listed(desk, f"q={words.replace('%', '%25')}") for words in cases} == cases


def test_pages_hold_every_row_once(desk, draft) -> None:
    make_submission(draft, *[f"意见{n}" for n in range(20)])
    for _ in range(4):
        make_submission(draft, *[f"意见{n}" for n in range(20)])
    pages = [listed(desk, f"p={page}") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [40, 40, 20]
    assert [number for page in pages for number in page] == list(range(100, 0, -1))
    assert listed(desk, "p=99") == pages[2]


def test_the_paginator_walks_from_the_nearer_end(draft) -> None:
    make_submission(draft, *[f"意见{n}" for n in range(20)])
    rows = Opinion.objects.order_by("-pk")
    paginator = DeskPaginator(rows, 3)
    plain = [row.number for row in rows]
    pages = [[row.number for row in paginator.page(n)] for n in paginator.page_range]
    assert pages == [plain[at : at + 3] for at in range(0, 20, 3)]
    with CaptureQueriesContext(connection) as seen:
        list(paginator.page(paginator.num_pages))
    assert " OFFSET " not in seen.captured_queries[0]["sql"]


def test_more_rows_take_no_more_queries(desk, draft) -> None:
    def queries() -> int:
        desk.get(reverse(INDEX))
        with CaptureQueriesContext(connection) as seen:
            desk.get(reverse(INDEX))
        return len(seen)

    make_response([make_opinion(draft)])
    with_one = queries()
    for _ in range(3):
        make_response([make_opinion(draft)])
    assert queries() == with_one


def test_wagtails_own_export_is_off(desk, draft) -> None:
    make_opinion(draft)
    for name in (INDEX, "opinion:index_results", "response:index", "reason_template:index"):
        reply = desk.get(f"{reverse(name)}?export=csv")
        assert reply["Content-Type"].startswith("text/html")


def test_the_responses_are_listed_with_their_size(desk, draft, unit) -> None:
    make_response([make_opinion(draft), make_opinion(draft)], outcome=Outcome.ADOPTED)
    make_response([make_opinion(draft)], outcome="")
    find: Callable[[str], list[tuple[int, int]]] = lambda query: [  # noqa: E731 - a table below
        (row.number, row.size)
        for row in desk.get(f"{reverse('response:index')}?{query}").context["object_list"]
    ]
    cases = {
        f"draft={draft.pk}": [(1, 2), (2, 1)],
        "outcome=undecided": [(2, 1)],
        "outcome=adopted": [(1, 2)],
        "q=窗口": [(1, 2), (2, 1)],
        "draft=x": [],
    }
    assert {query: find(query) for query in cases} == cases


def test_a_received_day_today_is_found(desk, unit) -> None:
    make_opinion(make_draft(unit=unit))
    today = timezone.localdate()
    assert listed(desk, f"received_from={today}&received_to={today}") == [1]


def test_a_whole_text_is_looked_for_as_it_is(desk, draft) -> None:
    """Word by word it was a question of more parts than SQLite takes."""
    long = " ".join(f"第{number}点建议" for number in range(300))
    known = make_opinion(draft, long)
    make_opinion(draft, "第1点建议 第2点建议")
    for address in ("opinions", "responses"):
        many = " ".join(map(str, range(1_500)))
        assert desk.get(f"/cms/{address}/", {"q": many}).status_code == 200
    assert listed(desk, f"q={long}") == [known.number]
