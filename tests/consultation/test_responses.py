"""Grouping and deciding: what is refused, what is logged, what can be undone (rule D7)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from consultation.enums import Outcome, Phase, Review
from consultation.models import DecisionDraftPage, Opinion, Response
from consultation.services.opinions import review_opinions
from consultation.services.responses import (
    ChangedMeanwhile,
    Decision,
    ResponseRefused,
    decide_opinions,
    decide_response,
    group_opinions,
    remove_response,
    undo_decision,
    ungroup_opinions,
)
from consultation.services.results import response_table
from publishing.models import User
from tests.factories.consultation import (
    make_draft,
    make_opinion,
    make_response,
    make_result,
    make_staff,
)

pytestmark = pytest.mark.django_db
ADOPTED = Decision(summary="延长开放时间", outcome=Outcome.ADOPTED, reason="已写入第一条。")


@pytest.fixture
def draft() -> DecisionDraftPage:
    return make_draft(Phase.CLOSED)


@pytest.fixture
def user(draft: DecisionDraftPage) -> User:
    return make_staff(draft.unit)


def reviewed(draft: DecisionDraftPage, user: User, number: int = 1) -> list[Opinion]:
    opinions = [make_opinion(draft, f"意见{n}") for n in range(number)]
    return review_opinions(opinions=opinions, review=Review.REVIEWED, user=user)


def test_grouping_makes_a_response_that_begins_with_the_first_opinion(draft, user) -> None:
    response = group_opinions(opinions=reviewed(draft, user, 2), user=user)
    assert (response.number, response.summary, response.opinions.count()) == (1, "意见0", 2)
    entry = ModelLogEntry.objects.get(action="consultation.group")
    assert entry.data == {"opinions": [1, 2]}


def test_what_can_not_be_grouped(draft, user) -> None:
    pending = make_opinion(draft)
    with pytest.raises(ResponseRefused, match="1号意见还没有审核"):
        group_opinions(opinions=[pending], user=user)
    with pytest.raises(ResponseRefused, match="请先选择意见"):
        group_opinions(opinions=[], user=user)
    here, there = reviewed(draft, user) + reviewed(make_draft(Phase.CLOSED), user)
    with pytest.raises(ResponseRefused, match="同一份草案"):
        group_opinions(opinions=[here, there], user=user)
    group_opinions(opinions=[here], user=user)
    with pytest.raises(ResponseRefused, match="已归入其他归纳意见"):
        group_opinions(opinions=[here], user=user)


def test_nothing_changes_once_the_result_is_public(draft, user) -> None:
    response = make_response(reviewed(draft, user))
    make_result(draft)
    for step in (
        lambda: decide_response(response=response, decision=ADOPTED, user=user, seen_revision=2),
        lambda: undo_decision(response=response, user=user, seen_revision=2),
        lambda: ungroup_opinions(opinions=response.opinions.all(), user=user),
        lambda: remove_response(response=response, user=user),
    ):
        with pytest.raises(ResponseRefused, match="已经公布"):
            step()


def test_a_decision_needs_a_summary_and_a_reason(draft, user) -> None:
    response = group_opinions(opinions=reviewed(draft, user), user=user)
    for decision, message in (
        (Decision(summary=" "), "请填写归纳意见"),
        (Decision(summary="有", outcome=Outcome.ADOPTED, reason=" "), "请填写理由"),
    ):
        with pytest.raises(ResponseRefused, match=message):
            decide_response(response=response, decision=decision, user=user, seen_revision=1)
    assert Response.objects.get().revision == 1


def test_the_second_of_two_is_told_what_the_first_wrote(draft, user) -> None:
    response = group_opinions(opinions=reviewed(draft, user), user=user)
    decide_response(response=response, decision=ADOPTED, user=user, seen_revision=1)
    other = Decision(summary="别的", outcome=Outcome.NOT_ADOPTED, reason="不行")
    with pytest.raises(ChangedMeanwhile) as refusal:
        decide_response(response=response, decision=other, user=user, seen_revision=1)
    assert refusal.value.response.reason == "已写入第一条。"
    assert Response.objects.get().outcome == Outcome.ADOPTED


def test_undo_goes_back_one_step_and_again_forward(draft, user) -> None:
    response = group_opinions(opinions=reviewed(draft, user), user=user)
    decide_response(response=response, decision=ADOPTED, user=user, seen_revision=1)
    undone = undo_decision(response=response, user=user, seen_revision=2)
    assert (undone.outcome, undone.reason, undone.summary) == ("", "", "意见0")
    assert (undone.decided_by, undone.decided_at, undone.revision) == (None, None, 3)
    redone = undo_decision(response=response, user=user, seen_revision=3)
    assert (redone.outcome, redone.reason, redone.summary) == (
        Outcome.ADOPTED,
        "已写入第一条。",
        "延长开放时间",
    )


def test_undo_sees_that_somebody_was_quicker(draft, user) -> None:
    response = make_response(reviewed(draft, user))
    with pytest.raises(ChangedMeanwhile):
        undo_decision(response=response, user=user, seen_revision=1)


def test_undo_without_a_decision_is_refused(draft, user) -> None:
    response = group_opinions(opinions=reviewed(draft, user), user=user)
    with pytest.raises(ResponseRefused, match="还没有办理过"):
        undo_decision(response=response, user=user, seen_revision=1)


def test_taking_the_last_opinion_out_removes_an_undecided_response(draft, user) -> None:
    response = group_opinions(opinions=reviewed(draft, user, 2), user=user)
    first, second = response.opinions.order_by("number")
    ungroup_opinions(opinions=[first], user=user)
    assert list(Response.objects.get().opinions.all()) == [second]
    ungroup_opinions(opinions=[second], user=user)
    assert Response.objects.count() == 0
    entries = ModelLogEntry.objects.filter(action="consultation.ungroup").order_by("pk")
    assert [entry.data for entry in entries] == [{"opinions": [1]}, {"opinions": [2]}]


def test_a_decided_response_without_opinions_stays_but_is_not_published(draft, user) -> None:
    response = make_response(reviewed(draft, user))
    ungroup_opinions(opinions=response.opinions.all(), user=user)
    assert Response.objects.get() == response
    assert response_table(draft=draft) == []
    remove_response(response=response, user=user)
    assert Response.objects.count() == 0


def test_a_response_with_opinions_is_not_removed(draft, user) -> None:
    response = make_response(reviewed(draft, user))
    with pytest.raises(ResponseRefused, match="请先移出"):
        remove_response(response=response, user=user)
    assert Response.objects.get() == response


def test_deciding_opinions_at_once_gives_each_a_response(draft, user) -> None:
    make_response(reviewed(draft, user))
    opinions = reviewed(draft, user, 2)
    responses = decide_opinions(
        opinions=opinions, outcome=Outcome.INVALID, reason=" 与草案无关。 ", user=user
    )
    assert [(row.number, row.outcome, row.reason) for row in responses] == [
        (2, Outcome.INVALID, "与草案无关。"),
        (3, Outcome.INVALID, "与草案无关。"),
    ]
    kept = Opinion.objects.filter(pk__in=[row.pk for row in opinions]).order_by("number")
    assert [row.response for row in kept] == responses
    undone = undo_decision(response=responses[0], user=user, seen_revision=1)
    assert (undone.summary, undone.outcome) == ("意见0", "")


def test_deciding_opinions_at_once_is_all_or_nothing(draft, user) -> None:
    good, pending = reviewed(draft, user)[0], make_opinion(draft)
    with pytest.raises(ResponseRefused, match="还没有审核"):
        decide_opinions(opinions=[good, pending], outcome=Outcome.INVALID, reason="无", user=user)
    with pytest.raises(ResponseRefused, match="请填写理由"):
        decide_opinions(opinions=[good], outcome=Outcome.INVALID, reason="", user=user)
    assert Response.objects.count() == 0


def test_deciding_more_opinions_takes_no_more_queries(draft, user) -> None:
    opinions = reviewed(draft, user, 6)

    def queries(chosen: list[Opinion]) -> int:
        with CaptureQueriesContext(connection) as seen:
            decide_opinions(opinions=chosen, outcome=Outcome.INVALID, reason="无关", user=user)
        return len(seen)

    queries(opinions[:1])
    assert queries(opinions[1:2]) == queries(opinions[2:])


def test_nobody_decides_an_opinion_that_came_in_meanwhile(draft, user) -> None:
    first, second = reviewed(draft, user, 2)
    response = group_opinions(opinions=[first], user=user)
    seen = response.revision
    assert group_opinions(opinions=[second], user=user, response=response).revision == seen + 1
    with pytest.raises(ChangedMeanwhile):
        decide_response(response=response, decision=ADOPTED, user=user, seen_revision=seen)
    group_opinions(opinions=[second], user=user, response=response)
    again = decide_response(response=response, decision=ADOPTED, user=user, seen_revision=seen + 1)
    assert (again.outcome, again.opinions.count()) == (Outcome.ADOPTED, 2)
