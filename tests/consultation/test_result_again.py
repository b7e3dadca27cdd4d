"""A result that is taken off, corrected and published again (rules D7, D8): it is counted anew, and
who is concerned is told anew. What was public stays on record."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from consultation.enums import Channel, Outcome, Phase
from consultation.models import AdoptionResultPage, DecisionDraftPage, Opinion, Response
from consultation.services.register import SubmissionRefused
from consultation.services.responses import Decision, ResponseRefused, decide_response
from consultation.services.submissions import Arrival, SaidOpinion, Sender, submit_opinions
from notify.enums import MessageState
from notify.models import Message
from publishing.gates import PublishBlocked
from tests.factories.consultation import (
    make_draft,
    make_response,
    make_result,
    make_staff,
    make_submission,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def answered() -> AdoptionResultPage:
    """The result of a draft with two opinions, both adopted."""
    draft = make_draft(Phase.CLOSED)
    for text in ("建议周日也开放。", "建议增加窗口。"):
        make_response([make_submission(draft, text).opinions.get()])
    return make_result(draft)


def now(result: AdoptionResultPage) -> AdoptionResultPage:
    return AdoptionResultPage.objects.get(pk=result.pk)


def draft_of(result: AdoptionResultPage) -> DecisionDraftPage:
    return DecisionDraftPage.objects.get(pk=result.draft.pk)


def late_letter(draft: DecisionDraftPage) -> Opinion:
    return submit_opinions(
        draft=draft,
        opinions=[SaidOpinion("迟到的来信。")],
        sender=Sender(phone="13800009999"),
        idempotency_key=uuid.uuid4(),
        arrival=Arrival(channel=Channel.LETTER, received_on=timezone.localdate()),
    ).opinions.get()


def correct(response: Response, **decision: Any) -> None:
    user = make_staff(response.draft.unit)
    words = {"summary": response.summary, "outcome": response.outcome, "reason": response.reason}
    decide_response(
        response=response,
        decision=Decision(**{**words, **decision}),
        user=user,
        seen_revision=response.revision,
    )


def told() -> int:
    messages = Message.objects.filter(kind="result")
    return messages.exclude(state=MessageState.WITHDRAWN).count()


def phone_everybody(result: AdoptionResultPage) -> None:
    """Nobody left an address: they stand on the call list until somebody has phoned."""
    user = make_staff(result.draft.unit)
    waiting = Message.objects.filter(kind="result", state=MessageState.UNSENT)
    waiting.update(state=MessageState.PHONED, phoned_by=user, phoned_at=timezone.now())


def test_while_it_is_public_nothing_moves() -> None:
    result = answered()
    with pytest.raises(SubmissionRefused):
        late_letter(draft_of(result))
    with pytest.raises(ResponseRefused):
        correct(draft_of(result).responses.first(), reason="另一个理由。")


@pytest.mark.parametrize("typo_first", [True, False])
def test_a_late_letter_keeps_it_off_until_it_is_decided(typo_first: bool) -> None:
    result = answered()
    if typo_first:
        edited = now(result)
        edited.introduction = "<p>改正错字。</p>"
        edited.save_revision().publish()
    now(result).unpublish()
    letter = late_letter(draft_of(result))
    with pytest.raises(PublishBlocked, match="还有1条意见没有采纳情况"):
        now(result).get_latest_revision().publish()
    saved = now(result)
    saved.live = True
    with pytest.raises(PublishBlocked, match="还有1条意见没有采纳情况"):
        saved.save()
    assert draft_of(result).phase == Phase.CLOSED
    make_response([letter])
    now(result).get_latest_revision().publish()
    again = now(result)
    assert (again.live, again.figures["received"], len(again.table)) == (True, 3, 3)
    assert [row.figures["received"] for row in again.versions.order_by("number")] == [2, 3]
    assert told() == 3


def test_the_revision_that_is_public_changes_nothing_when_published_again() -> None:
    result = answered()
    before = (result.figures, result.table, result.frozen_at)
    now(result).live_revision.publish()
    after = now(result)
    assert (after.figures, after.table, after.frozen_at) == before
    assert (after.live, after.versions.count(), told()) == (True, 1, 2)


def test_taken_off_and_put_back_without_a_change_it_is_the_same_result() -> None:
    result = answered()
    now(result).unpublish()
    now(result).get_latest_revision().publish()
    after = now(result)
    assert (after.live, after.versions.count(), after.frozen_at) == (True, 1, result.frozen_at)
    assert told() == 2


def test_only_those_whose_outcome_changed_are_told_anew() -> None:
    result = answered()
    first = draft_of(result).responses.first()
    submission = first.opinions.get().submission
    for outcome, count in [(Outcome.NOT_ADOPTED, 3), (Outcome.ADOPTED, 4)]:
        phone_everybody(result)
        now(result).unpublish()
        first.refresh_from_db()
        correct(first, outcome=outcome)
        now(result).get_latest_revision().publish()
        assert (now(result).figures[outcome], told()) == (1 if count == 3 else 2, count)
    hers = Message.objects.filter(kind="result", contact=submission.contact).order_by("pk")
    labels = [next(o for o in ("未采纳", "采纳") if f"：{o}" in row.body) for row in hers]
    assert labels == ["采纳", "未采纳", "采纳"]
    assert ["已经更正" in row.body for row in hers] == [False, True, True]


@pytest.mark.parametrize("outreach", ["", " ", "\u200b"])
def test_the_outreach_needs_visible_words(outreach: str) -> None:
    result = answered()
    result.outreach = outreach
    with pytest.raises(PublishBlocked, match="征集工作开展情况"):
        result.save_revision().publish()


def test_a_reason_needs_visible_words() -> None:
    draft = make_draft(Phase.CLOSED)
    opinion = make_submission(draft).opinions.get()
    with pytest.raises(ResponseRefused, match="请填写理由"):
        make_response([opinion], reason="\u200b")


def test_who_was_not_told_yet_is_told_only_what_is_public() -> None:
    """The call list held the outcome that was taken back beside the one that took its place."""
    result = answered()
    first = draft_of(result).responses.first()
    rows = Message.objects.filter(kind="result").to_phone()
    assert rows.count() == 2
    now(result).unpublish()
    assert rows.count() == 0
    correct(first, outcome=Outcome.NOT_ADOPTED)
    now(result).get_latest_revision().publish()
    said = [row.body for row in rows.order_by("contact")]
    assert ["采纳情况：未采纳" in body for body in said] == [True, False]
    assert ["已经更正" in body for body in said] == [False, False]


def test_what_was_taken_back_is_told_again_when_it_is_public_again() -> None:
    result = answered()
    Message.objects.filter(pk=Message.objects.filter(kind="result").first().pk).update(
        state=MessageState.SENT, sent_at=timezone.now()
    )
    for _time in range(2):
        now(result).unpublish()
        assert told() == 1
        now(result).get_latest_revision().publish()
        assert told() == 2
