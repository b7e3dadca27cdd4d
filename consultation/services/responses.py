"""Grouping opinions that say the same, and deciding them with a reason (rule D7)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from consultation.enums import Outcome, Review
from consultation.models import DecisionDraftPage, Opinion, Response
from consultation.services.submissions import locked_draft


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
            elsewhere, or the draft's result is published.
    """
    rows = list(
        Opinion.objects.select_for_update()
        .filter(pk__in=[o.pk for o in opinions])
        .order_by("number")
    )
    if not rows:
        raise ResponseRefused("请先选择意见。")
    if len({row.draft_id for row in rows}) > 1 or (
        response and response.draft_id != rows[0].draft_id
    ):
        raise ResponseRefused("只能把同一份草案的意见归纳在一起。")
    draft = _undecided_draft(rows[0].draft_id)
    for row in rows:
        _check_groupable(row, response)
    if response is None:
        top = draft.responses.aggregate(top=Max("number"))["top"] or 0
        text = summary.strip() or rows[0].text[:2000]
        response = Response.objects.create(draft=draft, number=top + 1, summary=text)
    added = [row.number for row in rows if row.response_id != response.pk]
    Opinion.objects.filter(pk__in=[row.pk for row in rows]).update(response=response)
    log(instance=response, action="consultation.group", user=user, data={"opinions": added})
    return response


def _undecided_draft(pk: int) -> DecisionDraftPage:
    """The draft, locked, as long as its result is not public: what was published is frozen."""
    draft = locked_draft(pk)
    if draft.result is not None:
        raise ResponseRefused("意见采纳情况已经公布，不能再改。")
    return draft


def _check_groupable(opinion: Opinion, response: Response | None) -> None:
    if opinion.split_at or opinion.undone_at or opinion.withdrawn_at:
        raise ResponseRefused(f"{opinion}现在是“{opinion.stage}”，不能归纳。")
    if opinion.review == Review.PENDING:
        raise ResponseRefused(f"{opinion}还没有审核，请先审核。")
    if opinion.response_id and (response is None or opinion.response_id != response.pk):
        raise ResponseRefused(f"{opinion}已归入其他归纳意见，请先移出。")


@transaction.atomic
def ungroup_opinions(*, opinions: Iterable[Opinion], user: Any) -> list[Opinion]:
    """Take opinions out of their responses; a response left empty and undecided is removed."""
    rows = list(
        Opinion.objects.select_for_update()
        .filter(pk__in=[o.pk for o in opinions], response__isnull=False)
        .select_related("response")
    )
    for draft_id in {row.draft_id for row in rows}:
        _undecided_draft(draft_id)
    for row in rows:
        log(
            instance=row.response,
            action="consultation.ungroup",
            user=user,
            data={"opinion": row.number},
        )
    responses = {row.response_id: row.response for row in rows if row.response}
    Opinion.objects.filter(pk__in=[row.pk for row in rows]).update(response=None)
    for response in responses.values():
        if not response.is_decided and not response.opinions.exists():
            response.delete()
    return rows


@transaction.atomic
def decide_response(
    *, response: Response, decision: Decision, user: Any, seen_revision: int
) -> Response:
    """Write the decision, if nobody changed the response since ``seen_revision``.

    Raises:
        ChangedMeanwhile: somebody did; nothing is written.
        ResponseRefused: an outcome without a reason, no summary, or the result is published.
    """
    _undecided_draft(response.draft_id)
    current = Response.objects.select_for_update().get(pk=response.pk)
    if current.revision != seen_revision:
        raise ChangedMeanwhile(current)
    if not decision.summary.strip():
        raise ResponseRefused("请填写归纳意见。")
    if decision.outcome and not decision.reason.strip():
        raise ResponseRefused("请填写理由。")
    before = _decision_of(current)
    current.summary = decision.summary.strip()
    current.outcome = decision.outcome
    current.reason = decision.reason.strip()
    current.wording = decision.wording.strip()
    current.decided_by = user if decision.outcome else None
    current.decided_at = timezone.now() if decision.outcome else None
    current.revision += 1
    current.save()
    after = asdict(_decision_of(current))
    data = {"before": asdict(before), "after": after}
    log(instance=current, action="consultation.decide", user=user, data=data)
    return current


def _decision_of(response: Response) -> Decision:
    return Decision(response.summary, response.outcome, response.reason, response.wording)
