"""Grouping opinions that say the same, and deciding them with a reason (rule D7)."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from consultation.enums import Outcome, Review
from consultation.models import DecisionDraftPage, Opinion, Response
from consultation.services.register import locked_draft
from consultation.withheld import public_summary, public_text, quoted, quoted_by, refusal
from publishing.audit import log_all
from publishing.text import clean_text

_ONE_DRAFT = "只能把同一份草案的意见归纳在一起。"


class ResponseRefused(Exception):
    """A step with a response is not possible; ``message`` says why, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class ChangedMeanwhile(ResponseRefused):
    """Somebody else was quicker; ``response`` is what is there now."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__("这条归纳意见刚刚被他人修改过，请看过现在的内容后再保存。")


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on a response. An empty outcome takes the decision back."""

    summary: str
    outcome: Outcome | str = ""
    reason: str = ""
    wording: str = ""


@transaction.atomic
def group_opinions(
    *,
    opinions: Iterable[Opinion],
    user: Any,
    response: Response | None = None,
    summary: str = "",
) -> Response:
    """Put reviewed opinions of one draft into a response, a new one where none is given.

    Raises:
        ResponseRefused: none given, of several drafts, not reviewed, not standing, grouped
            elsewhere, the summary repeats a withheld text, or the draft's result is published.
    """
    draft, rows = _locked(opinions)
    grown = response is not None
    if response and response.draft_id != draft.pk:
        raise ResponseRefused(_ONE_DRAFT)
    for row in rows:
        obstacle = obstacle_to_grouping(row, response)
        if obstacle:
            raise ResponseRefused(obstacle)
    if response is None:
        text = summary.strip() or public_summary(rows)
        leak = quoted(text, rows)
        if leak:
            raise ResponseRefused(refusal(leak))
        response = Response.objects.create(draft=draft, number=_next_number(draft), summary=text)
    added = [row.number for row in rows if row.response_id != response.pk]
    if added and grown:
        # Who has the response before him decides no opinion that he hasn't seen in it.
        Response.objects.filter(pk=response.pk).update(revision=F("revision") + 1)
        response.refresh_from_db(fields=["revision"])
    Opinion.objects.filter(pk__in=[row.pk for row in rows]).update(response=response)
    log(instance=response, action="consultation.group", user=user, data={"opinions": added})
    return response


@transaction.atomic
def decide_opinions(
    *, opinions: Iterable[Opinion], outcome: Outcome, reason: str, user: Any
) -> list[Response]:
    """Give opinions that say different things the same outcome and reason: a response for each.

    Raises:
        ResponseRefused: as ``group_opinions``, or without a reason.
    """
    if not clean_text(reason):
        raise ResponseRefused("请填写理由。")
    draft, rows = _locked(opinions)
    leak = quoted(reason, rows)
    if leak:
        raise ResponseRefused(refusal(leak))
    for row in rows:
        obstacle = obstacle_to_grouping(row)
        if obstacle:
            raise ResponseRefused(obstacle)
    now = timezone.now()
    responses = Response.objects.bulk_create(
        [
            Response(
                draft=draft,
                number=number,
                summary=public_text(row),
                outcome=outcome,
                reason=reason.strip(),
                decided_by=user,
                decided_at=now,
            )
            for number, row in enumerate(rows, start=_next_number(draft))
        ]
    )
    for row, response in zip(rows, responses, strict=True):
        row.response = response
    Opinion.objects.bulk_update(rows, ["response"], batch_size=500)
    _log_new_decisions(rows, responses, user)
    return responses


def _log_new_decisions(rows: list[Opinion], responses: list[Response], user: Any) -> None:
    """What would stand in the log had each been grouped and decided by itself."""
    grouped = [
        (response, {"opinions": [row.number]})
        for row, response in zip(rows, responses, strict=True)
    ]
    decided = [
        (
            response,
            {
                "before": asdict(Decision(response.summary)),
                "after": asdict(_decision_of(response)),
            },
        )
        for response in responses
    ]
    log_all(grouped, action="consultation.group", user=user)
    log_all(decided, action="consultation.decide", user=user)


def _locked(opinions: Iterable[Opinion]) -> tuple[DecisionDraftPage, list[Opinion]]:
    """The one draft of the opinions and their rows as they are now, the draft locked first."""
    wanted = [opinion.pk for opinion in opinions]
    drafts = set(Opinion.objects.filter(pk__in=wanted).values_list("draft_id", flat=True))
    if not drafts:
        raise ResponseRefused("请先选择意见。")
    if len(drafts) > 1:
        raise ResponseRefused(_ONE_DRAFT)
    draft = _undecided_draft(drafts.pop())
    rows = Opinion.objects.select_for_update().filter(pk__in=wanted).order_by("number")
    return draft, list(rows)


def _undecided_draft(pk: int) -> DecisionDraftPage:
    """The draft, locked, as long as its result is not public: what was published is frozen."""
    draft = locked_draft(pk)
    if draft.result is not None:
        raise ResponseRefused("意见采纳情况已经公布，不能再改。")
    return draft


def _next_number(draft: DecisionDraftPage) -> int:
    return (draft.responses.aggregate(top=Max("number"))["top"] or 0) + 1


def obstacle_to_grouping(opinion: Opinion, response: Response | None = None) -> str:
    """Why an opinion can't be put into the response (None: into a new one); empty if it can."""
    if opinion.split_at or opinion.undone_at or opinion.withdrawn_at:
        return f"{opinion}现在是“{opinion.stage}”，不能归纳。"
    if opinion.review == Review.PENDING:
        return f"{opinion}还没有审核，请先审核。"
    if opinion.response_id and (response is None or opinion.response_id != response.pk):
        return f"{opinion}已归入其他归纳意见，请先移出。"
    return ""


@transaction.atomic
def ungroup_opinions(*, opinions: Iterable[Opinion], user: Any) -> list[Opinion]:
    """Take opinions out of their responses; a response left empty and undecided is removed."""
    wanted = [opinion.pk for opinion in opinions]
    grouped = Opinion.objects.filter(pk__in=wanted, response__isnull=False)
    for draft_id in sorted(set(grouped.values_list("draft_id", flat=True))):
        _undecided_draft(draft_id)
    locked = grouped.select_for_update(of=("self",)).select_related("response")
    rows = list(locked.order_by("number"))
    responses = {row.response_id: row.response for row in rows}
    taken_out: dict[int | None, list[int]] = {}
    for row in rows:
        taken_out.setdefault(row.response_id, []).append(row.number)
    log_all(
        [(response, {"opinions": taken_out[pk]}) for pk, response in responses.items() if response],
        action="consultation.ungroup",
        user=user,
    )
    Opinion.objects.filter(pk__in=[row.pk for row in rows]).update(response=None)
    left = [response.pk for response in responses.values() if response]
    Response.objects.filter(pk__in=left, outcome="", opinions__isnull=True).delete()
    return rows


@transaction.atomic
def decide_response(
    *, response: Response, decision: Decision, user: Any, seen_revision: int
) -> Response:
    """Write the decision, if nobody changed the response since ``seen_revision``.

    Raises:
        ChangedMeanwhile: somebody did; nothing is written.
        ResponseRefused: an outcome without a reason, no summary, words that repeat a withheld
            opinion, or the result is published.
    """
    _undecided_draft(response.draft_id)
    current = Response.objects.select_for_update().get(pk=response.pk)
    if current.revision != seen_revision:
        raise ChangedMeanwhile(current)
    if not clean_text(decision.summary):
        raise ResponseRefused("请填写归纳意见。")
    if decision.outcome and not clean_text(decision.reason):
        raise ResponseRefused("请填写理由。")
    before = _decision_of(current)
    current.summary = decision.summary.strip()
    current.outcome = decision.outcome
    current.reason = decision.reason.strip()
    current.wording = decision.wording.strip()
    leak = quoted_by(current, current.opinions.all()) if decision.outcome else None
    if leak:
        raise ResponseRefused(refusal(leak))
    current.decided_by = user if decision.outcome else None
    current.decided_at = timezone.now() if decision.outcome else None
    current.revision += 1
    current.save()
    after = asdict(_decision_of(current))
    data = {"before": asdict(before), "after": after}
    log(instance=current, action="consultation.decide", user=user, data=data)
    return current


def decide_responses(
    *, seen: Sequence[tuple[Response, int]], outcome: Outcome, reason: str, user: Any
) -> tuple[list[Response], list[tuple[Response, str]]]:
    """Give responses, each with the revision that was seen, one outcome and reason.

    Returns those that were decided, and those that were not, with the message why: each is a
    transaction of its own, so that one that somebody changed meanwhile stops no other.
    """
    done, refused = [], []
    for row, revision in seen:
        decision = Decision(row.summary, outcome, reason, row.wording)
        try:
            done.append(
                decide_response(response=row, decision=decision, user=user, seen_revision=revision)
            )
        except ResponseRefused as refusal:
            refused.append((row, refusal.message))
    return done, refused


@transaction.atomic
def undo_decision(*, response: Response, user: Any, seen_revision: int) -> Response:
    """Put the response back to what it was before its last decision; again, that is redone.

    Raises:
        ChangedMeanwhile, ResponseRefused: as ``decide_response``; or nothing was decided yet.
    """
    decisions = ModelLogEntry.objects.for_instance(response).filter(action="consultation.decide")
    last = decisions.first()
    if last is None:
        raise ResponseRefused("这条归纳意见还没有办理过，没有可以撤销的内容。")
    before = Decision(**last.data["before"])
    return decide_response(
        response=response, decision=before, user=user, seen_revision=seen_revision
    )


@transaction.atomic
def remove_response(*, response: Response, user: Any) -> None:
    """Remove a response that has no opinions left.

    Raises:
        ResponseRefused: it still has some, or the result is published.
    """
    _undecided_draft(response.draft_id)
    if response.opinions.exists():
        raise ResponseRefused("这条归纳意见里还有意见，请先移出。")
    log(instance=response, action="consultation.remove", user=user, data={}, deleted=True)
    response.delete()


def _decision_of(response: Response) -> Decision:
    return Decision(response.summary, response.outcome, response.reason, response.wording)
