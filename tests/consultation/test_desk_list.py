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
from consultation.models import DecisionDraftPage, Opinion, ReasonTemplate, Response
from consultation.services.opinions import review_opinions, split_opinion, undo_split
from consultation.services.submissions import withdraw_opinion
from consultation.viewsets.paginator import DeskPaginator
from publishing.enums import Role
from publishing.models import Unit, User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft, make_opinion, make_response, make_submission

pytestmark = pytest.mark.django_db
INDEX = "opinion:index"


@pytest.fixture
def unit() -> Unit:
    return make_office("党政办")


@pytest.fixture
def draft(unit: Unit) -> DecisionDraftPage:
    return make_draft(Phase.CLOSED, unit=unit)


@pytest.fixture
def editor(unit: Unit) -> User:
    return make_officer(unit, Role.EDITOR)


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)


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


def bulk(action: str, model: str = "opinion") -> str:
    return reverse("wagtail_bulk_action", args=["consultation", model, action])


def confirm(desk: Client, address: str, **typed: object) -> list[str]:
    """Open the confirmation, send it with what is typed; returns what the next page tells."""
    form = desk.get(address).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    reply = desk.post(address, {**hidden, **typed}, follow=True)
    told = [str(message).strip() for message in reply.context.get("messages") or ()]
    return told or [error for errors in reply.context["form"].errors.values() for error in errors]


def test_all_in_the_listing_means_all_that_the_filters_show(desk, draft) -> None:
    make_opinion(draft, "修路")
    make_opinion(draft, "修桥")
    make_opinion(draft, "种树")
    told = confirm(desk, f"{bulk('review')}?id=all&q=修&draft={draft.pk}")
    assert told == ["已审核通过2条意见。"]
    reviewed = Opinion.objects.filter(review=Review.REVIEWED).order_by("number")
    assert [row.text for row in reviewed] == ["修路", "修桥"]


def test_what_came_after_the_confirmation_was_shown_is_left_alone(desk, draft) -> None:
    make_opinion(draft)
    address = f"{bulk('review')}?id=all"
    upto = desk.get(address).context["form"].initial["upto"]
    later = make_opinion(draft)
    desk.post(address, {"upto": upto})
    assert Opinion.objects.get(pk=later.pk).review == Review.PENDING
    assert Opinion.objects.get(number=1).review == Review.REVIEWED


def test_withholding_many_needs_a_reason(desk, draft) -> None:
    one, two = make_opinion(draft), make_opinion(draft)
    address = f"{bulk('withhold')}?id={one.pk}&id={two.pk}"
    assert confirm(desk, address, note=" ") == ["不予公开必须填写理由。"]
    assert confirm(desk, address, note="涉及隐私") == ["已将2条意见设为不予公开。"]
    assert set(Opinion.objects.values_list("review_note", flat=True)) == {"涉及隐私"}


def test_grouping_names_what_can_not_be_grouped_and_groups_the_rest(desk, draft, editor) -> None:
    one, two, pending = [make_opinion(draft) for _ in range(3)]
    review_opinions(opinions=[one, two], review=Review.REVIEWED, user=editor)
    address = f"{bulk('group')}?id={one.pk}&id={two.pk}&id={pending.pk}"
    assert "3号意见还没有审核，请先审核。" in desk.get(address).content.decode()
    told = confirm(desk, address, summary="增加窗口")
    assert told == ["已把2条意见归入归纳意见1；另有1条没有处理。"]
    response = Response.objects.get()
    assert (response.summary, response.opinions.count()) == ("增加窗口", 2)


def test_grouping_into_a_response_that_is_there(desk, draft, editor) -> None:
    response = make_response([make_opinion(draft)], outcome="")
    more = make_opinion(draft)
    review_opinions(opinions=[more], review=Review.REVIEWED, user=editor)
    confirm(desk, f"{bulk('group')}?id={more.pk}", response=response.pk, summary="")
    assert Opinion.objects.get(pk=more.pk).response == response


def test_opinions_of_two_drafts_are_not_grouped_and_the_typed_words_stay(desk, unit, draft, editor):
    one, two = make_opinion(draft), make_opinion(make_draft(Phase.CLOSED, unit=unit))
    review_opinions(opinions=[one, two], review=Review.REVIEWED, user=editor)
    address = f"{bulk('group')}?id={one.pk}&id={two.pk}"
    reply = desk.post(address, {"upto": two.pk, "summary": "写了很久的归纳"})
    page = reply.content.decode()
    assert ("只能把同一份草案的意见归纳在一起" in page, "写了很久的归纳" in page) == (True, True)
    assert Response.objects.count() == 0


def test_deciding_one_by_one_from_a_template(desk, draft, editor) -> None:
    opinions = [make_opinion(draft), make_opinion(draft)]
    review_opinions(opinions=opinions, review=Review.REVIEWED, user=editor)
    template = ReasonTemplate.objects.create(outcome="invalid", title="无关", text="与草案无关。")
    address = f"{bulk('decide')}?id={opinions[0].pk}&id={opinions[1].pk}"
    assert confirm(desk, address) == ["请选择采纳情况。"]
    assert confirm(desk, address, outcome="adopted") == ["请填写理由。"]
    assert confirm(desk, address, template=template.pk) == ["已办理2条意见。"]
    rows = Response.objects.order_by("number").values_list("outcome", "reason")
    assert list(rows) == [("invalid", "与草案无关。")] * 2


def test_taking_out_of_a_response(desk, draft) -> None:
    grouped, loose = make_opinion(draft), make_opinion(draft)
    make_response([grouped], outcome="")
    told = confirm(desk, f"{bulk('ungroup')}?id={grouped.pk}&id={loose.pk}")
    assert told == ["已移出1条意见；另有1条没有处理。"]
    assert Response.objects.count() == 0


def test_deciding_several_responses_leaves_a_changed_one_alone(desk, draft) -> None:
    one, two = (make_response([make_opinion(draft)], outcome="") for _ in range(2))
    address = f"{bulk('decide', 'response')}?id={one.pk}&id={two.pk}"
    seen = desk.get(address).context["form"].initial["seen"]
    Response.objects.filter(pk=one.pk).update(summary="别人改过", revision=2)
    typed = {"seen": seen, "outcome": "adopted", "reason": "已采纳。"}
    reply = desk.post(address, typed, follow=True)
    told = [str(message).strip() for message in reply.context["messages"]]
    assert told == [
        "归纳意见1没有办理：这条归纳意见刚刚被他人修改过，请看过现在的内容后再保存。",
        "已办理1条归纳意见。",
    ]
    rows = Response.objects.order_by("number").values_list("outcome", flat=True)
    assert list(rows) == ["", "adopted"]


@pytest.mark.parametrize("seen", ["", "x", "1", "1:x", "1:1,2"])
def test_a_broken_list_of_what_was_seen_is_refused(desk, draft, seen) -> None:
    response = make_response([make_opinion(draft)], outcome="")
    typed = {"seen": seen, "outcome": "adopted", "reason": "好"}
    desk.post(f"{bulk('decide', 'response')}?id={response.pk}", typed)
    assert Response.objects.get().outcome == ""


def test_the_number_of_queries_of_a_bulk_action_is_fixed(desk, draft) -> None:
    opinions = [make_opinion(draft) for _ in range(5)]

    def queries(chosen: list[Opinion]) -> int:
        ids = "&".join(f"id={row.pk}" for row in chosen)
        with CaptureQueriesContext(connection) as seen:
            desk.post(f"{bulk('review')}?{ids}", {"upto": opinions[-1].pk})
        return len(seen)

    queries(opinions[:1])
    assert queries(opinions[1:2]) == queries(opinions[2:])


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
