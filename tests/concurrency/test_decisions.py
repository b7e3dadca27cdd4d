"""Two members of staff on one opinion: one wins, the other is told, one audit row."""

from collections.abc import Callable
from functools import partial
from typing import Any

from wagtail.models import ModelLogEntry

from consultation.enums import Outcome, Phase, Review
from consultation.models import Opinion, Response
from consultation.services.opinions import review_opinions
from consultation.services.responses import (
    ChangedMeanwhile,
    Decision,
    ResponseRefused,
    decide_response,
    group_opinions,
)
from consultation.services.results import create_result
from publishing.gates import PublishBlocked
from tests.factories.consultation import make_draft, make_opinion, make_response, make_staff

Race = Callable[[list[Callable[[], Any]]], list[Any]]


def test_one_of_two_decisions_wins_and_the_other_is_shown_it(race: Race) -> None:
    draft = make_draft(Phase.CLOSED)
    response = make_response([make_opinion(draft)], outcome="")
    staff = [make_staff(draft.unit), make_staff(draft.unit)]
    decisions = [
        Decision(summary="延长开放时间", outcome=Outcome.ADOPTED, reason="已写入第一条。"),
        Decision(summary="延长开放时间", outcome=Outcome.NOT_ADOPTED, reason="人手不足。"),
    ]
    endings = race(
        [
            partial(
                decide_response, response=response, decision=decision, user=user, seen_revision=1
            )
            for decision, user in zip(decisions, staff, strict=True)
        ]
    )
    winners = [ending for ending in endings if isinstance(ending, Response)]
    losers = [ending for ending in endings if isinstance(ending, ChangedMeanwhile)]
    assert (len(winners), len(losers)) == (1, 1)
    assert losers[0].response.outcome == winners[0].outcome
    assert Response.objects.get().outcome == winners[0].outcome
    assert ModelLogEntry.objects.filter(action="consultation.decide").count() == 1


def test_an_opinion_is_grouped_once(race: Race) -> None:
    draft = make_draft(Phase.CLOSED)
    opinion = make_opinion(draft)
    staff = [make_staff(draft.unit), make_staff(draft.unit)]
    review_opinions(opinions=[opinion], review=Review.REVIEWED, user=staff[0])
    endings = race([partial(group_opinions, opinions=[opinion], user=user) for user in staff])
    assert sorted(type(ending).__name__ for ending in endings) == ["Response", "ResponseRefused"]
    assert Response.objects.count() == 1
    assert Opinion.objects.get().response == Response.objects.get()


def test_a_result_is_not_published_over_a_decision_taken_back(race: Race) -> None:
    draft = make_draft(Phase.CLOSED)
    response = make_response([make_opinion(draft)])
    user = make_staff(draft.unit)
    result = create_result(draft=draft, user=user)
    result.outreach = "张贴公告。"
    revision = result.save_revision()
    undecided = Decision(summary="重新研究")
    take_back = partial(
        decide_response, response=response, decision=undecided, user=user, seen_revision=2
    )
    published, taken_back = race([revision.publish, take_back])
    refused = [isinstance(published, PublishBlocked), isinstance(taken_back, ResponseRefused)]
    assert sorted(refused) == [False, True]
