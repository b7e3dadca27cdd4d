"""A text that is not to be made public stands nowhere but at the desk (rules D7, G6)."""

from typing import Any

import pytest
from django.test import Client

from consultation.enums import Outcome, Phase, Review
from consultation.exports.rows import register, summary
from consultation.models import AdoptionResultPage, DecisionDraftPage, Opinion, Response
from consultation.services.opinions import OpinionRefused, review_opinions
from consultation.services.responses import (
    Decision,
    ResponseRefused,
    decide_opinions,
    decide_response,
    group_opinions,
)
from consultation.services.results import response_table
from notify.models import Message
from publishing.gates import PublishBlocked
from publishing.models import User
from tests.factories.consultation import (
    make_draft,
    make_opinion,
    make_response,
    make_result,
    make_staff,
)

pytestmark = pytest.mark.django_db
INSULT = "测试窗口的某某是个大骗子。"
STAND_IN = "（该意见内容不予公开）"


@pytest.fixture
def draft() -> DecisionDraftPage:
    return make_draft(Phase.CLOSED)


@pytest.fixture
def user(draft: DecisionDraftPage) -> User:
    return make_staff(draft.unit)


def withheld(draft: DecisionDraftPage, user: User, text: str = INSULT) -> Opinion:
    opinion = make_opinion(draft, text)
    return withhold(opinion, user)


def withhold(opinion: Opinion, user: User) -> Opinion:
    review_opinions(opinions=[opinion], review=Review.WITHHELD, user=user, note="人身攻击")
    return opinion


def reviewed(draft: DecisionDraftPage, user: User, text: str) -> Opinion:
    opinion = make_opinion(draft, text)
    review_opinions(opinions=[opinion], review=Review.REVIEWED, user=user)
    return opinion


def decide(response: Response, user: User, **words: Any) -> Response:
    decision = Decision(
        **{"summary": response.summary, "outcome": Outcome.INVALID, "reason": "无关。", **words}
    )
    return decide_response(
        response=response, decision=decision, user=user, seen_revision=response.revision
    )


def test_decided_one_by_one_it_is_published_nowhere(draft, user, client: Client) -> None:
    opinions = [withheld(draft, user), reviewed(draft, user, "建议修路。")]
    decide_opinions(opinions=opinions, outcome=Outcome.INVALID, reason="无关。", user=user)
    rows = list(summary(draft=draft).rows)
    assert [row[2] for row in rows] == [STAND_IN, "建议修路。"]
    result = make_result(draft)
    assert [row["summary"] for row in result.table] == [STAND_IN, "建议修路。"]
    page = client.get(result.url).content.decode()
    assert (INSULT in page, STAND_IN in page) == (False, True)
    told = [row.body for row in Message.objects.filter(kind="result")]
    assert (len(told), any(INSULT in body for body in told)) == (2, False)


def test_grouped_without_a_summary_the_first_public_text_begins_it(draft, user) -> None:
    opinions = [withheld(draft, user), reviewed(draft, user, "建议修路。")]
    assert group_opinions(opinions=opinions, user=user).summary == "建议修路。"
    alone = withheld(draft, user, "测试村的某某也是骗子。")
    assert group_opinions(opinions=[alone], user=user).summary == STAND_IN


def test_words_that_repeat_it_are_refused(draft, user) -> None:
    opinion = withheld(draft, user)
    quoting = f"有人说：{INSULT[:5]} {INSULT[5:]}"
    with pytest.raises(ResponseRefused, match="1号意见不予公开"):
        group_opinions(opinions=[opinion], user=user, summary=quoting)
    with pytest.raises(ResponseRefused, match="1号意见不予公开"):
        decide_opinions(opinions=[opinion], outcome=Outcome.INVALID, reason=quoting, user=user)
    response = group_opinions(opinions=[opinion], user=user)
    for field in ("summary", "reason", "wording"):
        with pytest.raises(ResponseRefused, match="1号意见不予公开"):
            decide(response, user, **{field: quoting})
    assert decide(response, user, summary="对工作人员的投诉。").summary == "对工作人员的投诉。"


def test_a_short_word_is_no_quotation_unless_it_is_all(draft, user) -> None:
    response = group_opinions(opinions=[withheld(draft, user, "不行")], user=user)
    with pytest.raises(ResponseRefused, match="不予公开"):
        decide(response, user, summary="不行")
    assert decide(response, user, summary="认为不行的意见").outcome == Outcome.INVALID


def test_withheld_after_it_was_decided_it_keeps_the_result_off(draft, user) -> None:
    opinion = make_opinion(draft, INSULT)
    response = make_response([opinion], user=user)
    withhold(opinion, user)
    assert response_table(draft=draft)[0]["summary"] == STAND_IN
    with pytest.raises(PublishBlocked, match="归纳意见1：1号意见不予公开"):
        make_result(draft)
    decide(response, user, summary=STAND_IN)
    AdoptionResultPage.objects.get().get_latest_revision().publish()
    assert AdoptionResultPage.objects.get().table[0]["summary"] == STAND_IN


@pytest.mark.parametrize("review", [Review.WITHHELD, Review.REVIEWED])
def test_while_the_result_is_public_no_review_changes(draft, user, review: Review) -> None:
    opinion = withheld(draft, user) if review == Review.REVIEWED else make_opinion(draft, INSULT)
    if review == Review.WITHHELD:
        make_response([opinion], user=user)
    else:
        decide_opinions(opinions=[opinion], outcome=Outcome.INVALID, reason="无关", user=user)
    before = Opinion.objects.get().review
    result = make_result(draft)
    with pytest.raises(OpinionRefused, match="取消发布"):
        review_opinions(opinions=[opinion], review=review, user=user, note="辱骂")
    assert Opinion.objects.get().review == before
    result.unpublish()
    changed = review_opinions(opinions=[opinion], review=review, user=user, note="辱骂")
    assert [row.review for row in changed] == [review]


def test_a_text_as_long_as_may_be_is_not_cut(draft, user) -> None:
    texts = ["长" * 3000, "久" * 3000]
    first, second = (reviewed(draft, user, text) for text in texts)
    decided = decide_opinions(opinions=[first], outcome=Outcome.INVALID, reason="无关。", user=user)
    grouped = group_opinions(opinions=[second], user=user)
    assert [decided[0].summary, grouped.summary] == texts


def test_the_register_says_that_a_grouped_one_is_withheld(draft, user) -> None:
    group_opinions(opinions=[withheld(draft, user)], user=user)
    rows = list(register(opinions=Opinion.objects.all()).rows)
    assert [row[8] for row in rows] == ["已归入（不予公开）"]
