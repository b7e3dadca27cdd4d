"""Review, split and undo: what changes, what is left alone, what is logged (rule G2)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from consultation.enums import Phase, Review
from consultation.models import Opinion
from consultation.services.opinions import (
    OpinionRefused,
    review_opinions,
    split_opinion,
    undo_split,
)
from consultation.services.responses import group_opinions
from consultation.services.submissions import withdraw_opinion
from tests.factories.consultation import make_draft, make_opinion, make_response, make_staff

pytestmark = pytest.mark.django_db


def log_of(action: str) -> list[tuple[str, dict[str, object]]]:
    entries = ModelLogEntry.objects.filter(action=action).order_by("pk")
    return [(entry.object_id, entry.data) for entry in entries]


def test_reviewing_changes_logs_and_names_the_reviewer() -> None:
    opinion = make_opinion(make_draft())
    user = make_staff(opinion.draft.unit)
    changed = review_opinions(opinions=[opinion], review=Review.REVIEWED, user=user)
    opinion.refresh_from_db()
    assert (changed, opinion.review, opinion.reviewed_by) == ([opinion], Review.REVIEWED, user)
    assert log_of("consultation.review") == [
        (str(opinion.pk), {"before": "pending", "after": "reviewed", "note": ""})
    ]


def test_a_second_review_that_says_the_same_leaves_no_trace() -> None:
    opinion = make_opinion(make_draft())
    user = make_staff(opinion.draft.unit)
    review_opinions(opinions=[opinion], review=Review.REVIEWED, user=user)
    assert review_opinions(opinions=[opinion], review=Review.REVIEWED, user=user) == []
    assert len(log_of("consultation.review")) == 1


def test_withholding_needs_a_reason() -> None:
    opinion = make_opinion(make_draft())
    user = make_staff(opinion.draft.unit)
    with pytest.raises(OpinionRefused, match="必须填写理由"):
        review_opinions(opinions=[opinion], review=Review.WITHHELD, user=user, note="  ")
    assert Opinion.objects.get().review == Review.PENDING
    review_opinions(opinions=[opinion], review=Review.WITHHELD, user=user, note="涉及他人隐私")
    assert Opinion.objects.get().review_note == "涉及他人隐私"


def test_a_reason_for_withholding_goes_when_the_opinion_is_passed() -> None:
    opinion = make_opinion(make_draft())
    user = make_staff(opinion.draft.unit)
    review_opinions(opinions=[opinion], review=Review.WITHHELD, user=user, note="涉及他人隐私")
    review_opinions(opinions=[opinion], review=Review.REVIEWED, user=user, note="不该留下")
    assert Opinion.objects.get().review_note == ""


def test_a_withdrawn_opinion_is_not_reviewed() -> None:
    draft = make_draft()
    opinion = make_opinion(draft)
    withdraw_opinion(submission=opinion.submission, number=opinion.number)
    user = make_staff(draft.unit)
    assert review_opinions(opinions=[opinion], review=Review.REVIEWED, user=user) == []
    assert Opinion.objects.get().review == Review.PENDING


def test_the_number_of_queries_does_not_grow_with_the_opinions() -> None:
    draft = make_draft()
    opinions = [make_opinion(draft) for _ in range(4)]
    user = make_staff(draft.unit)

    def queries(chosen: list[Opinion]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            review_opinions(opinions=chosen, review=Review.REVIEWED, user=user)
        return len(seen)

    review_opinions(opinions=[], review=Review.REVIEWED, user=user)
    assert queries(opinions[:1]) == queries(opinions[1:])


def test_a_split_opinion_is_counted_by_its_parts() -> None:
    draft = make_draft(Phase.CLOSED)
    opinion = make_opinion(draft, "路要修。灯要亮。")
    user = make_staff(draft.unit)
    parts = split_opinion(opinion=opinion, texts=["路要修。", "", "灯要亮。"], user=user)
    assert [(part.number, part.text, part.part_of) for part in parts] == [
        (2, "路要修。", opinion),
        (3, "灯要亮。", opinion),
    ]
    assert list(draft.opinions.counted().order_by("number")) == parts
    assert Opinion.objects.get(number=1).text == "路要修。灯要亮。"
    assert log_of("consultation.split") == [(str(opinion.pk), {"parts": [2, 3]})]


def test_splitting_into_one_is_refused() -> None:
    opinion = make_opinion(make_draft())
    with pytest.raises(OpinionRefused, match="至少要有两条"):
        split_opinion(opinion=opinion, texts=["一", " "], user=make_staff(opinion.draft.unit))
    assert Opinion.objects.count() == 1


def test_undoing_a_split_brings_the_original_back() -> None:
    draft = make_draft(Phase.CLOSED)
    opinion = make_opinion(draft)
    user = make_staff(draft.unit)
    parts = split_opinion(opinion=opinion, texts=["一", "二"], user=user)
    undo_split(opinion=opinion, user=user)
    assert list(draft.opinions.counted()) == [opinion]
    assert [Opinion.objects.get(pk=part.pk).text for part in parts] == ["一", "二"]
    with pytest.raises(OpinionRefused, match="没有拆分过"):
        undo_split(opinion=opinion, user=user)


def test_a_split_whose_part_is_grouped_can_not_be_undone() -> None:
    draft = make_draft(Phase.CLOSED)
    opinion = make_opinion(draft)
    user = make_staff(draft.unit)
    first, _second = split_opinion(opinion=opinion, texts=["一", "二"], user=user)
    review_opinions(opinions=[first], review=Review.REVIEWED, user=user)
    group_opinions(opinions=[first], user=user)
    with pytest.raises(OpinionRefused, match="请先撤销那一步"):
        undo_split(opinion=opinion, user=user)


def test_what_its_writer_took_back_does_not_stand_again() -> None:
    draft = make_draft()
    opinion = make_opinion(draft)
    user = make_staff(draft.unit)
    first, _second = split_opinion(opinion=opinion, texts=["一", "二"], user=user)
    withdraw_opinion(submission=opinion.submission, number=first.number)
    with pytest.raises(OpinionRefused, match="提交人撤回"):
        undo_split(opinion=opinion, user=user)
    assert draft.opinions.withdrawn().count() == 1


def test_a_withdrawal_stands_in_the_audit_trail() -> None:
    draft = make_draft()
    opinion, other = make_opinion(draft), make_opinion(draft)
    make_response([opinion, other])
    for row in (opinion, make_opinion(draft)):
        withdraw_opinion(submission=row.submission, number=row.number)
    data = [data for _row, data in log_of("consultation.withdraw")]
    assert sorted(data, key=len) == [{}, {"response": 1}]
    entries = ModelLogEntry.objects.filter(action="consultation.withdraw")
    shown = [registry.get_formatter(row).format_message(row) for row in entries]
    assert sorted(shown) == ["提交人撤回意见", "提交人撤回意见，移出归纳意见1"]
