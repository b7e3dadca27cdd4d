"""The adoption result: made from the decisions, frozen when published, told to who spoke."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.log_actions import log

from consultation import notices
from consultation.enums import Outcome
from consultation.models import AdoptionResultPage, DecisionDraftPage, Opinion, ResultVersion
from consultation.services.register import locked_draft
from consultation.withheld import WITHHELD, public_text, quoted, quoting, refusal
from people.masking import mask_text
from people.models import Contact
from publishing.gates import Blocker, PublishBlocked
from publishing.models import SiteProfile


class ResultRefused(Exception):
    """The result's page can't be made yet; ``message`` says why, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def count_opinions(*, draft: DecisionDraftPage) -> dict[str, int]:
    """The figures of rule D8, from rows: ``received``, ``withdrawn``, one for each ``Outcome``,
    and ``open`` (those not decided yet); received is the sum of all the others."""
    standing = draft.opinions.standing()
    by_outcome = dict(
        standing.filter(response__isnull=False)
        .exclude(response__outcome="")
        .values_list("response__outcome")
        .annotate(n=Count("pk"))
    )
    figures = {outcome.value: by_outcome.get(outcome.value, 0) for outcome in Outcome}
    return {
        "received": draft.opinions.counted().count(),
        **figures,
        "withdrawn": draft.opinions.withdrawn().count(),
        "open": draft.opinions.undecided().count(),
    }


def response_table(*, draft: DecisionDraftPage) -> list[dict[str, Any]]:
    """The rows of the public table, masked: ``number``, ``people`` (masked names), ``summary``,
    ``outcome`` (value), ``outcome_label``, ``reason``, ``wording``, ``clauses``, ``opinions``
    (list of ``number``, ``clause``, ``text``), ``count``."""
    rows: list[dict[str, Any]] = []
    responses = draft.responses.exclude(outcome="").prefetch_related(
        "opinions__clause", "opinions__submission__contact"
    )
    for response in responses:
        opinions = sorted(response.opinions.all(), key=lambda opinion: opinion.number)
        if not opinions:
            # Its opinions were withdrawn or taken out; the decision is kept for the desk alone.
            continue
        rows.append(
            {
                "number": len(rows) + 1,
                "people": [opinion.submission.contact.masked_name for opinion in opinions],
                "summary": _public(response.summary, opinions),
                "outcome": response.outcome,
                "outcome_label": response.get_outcome_display(),
                "reason": _public(response.reason, opinions),
                "wording": _public(response.wording, opinions),
                "clauses": list(dict.fromkeys(opinion.clause_name for opinion in opinions)),
                "opinions": [_public_opinion(opinion) for opinion in opinions],
                "count": len(opinions),
            }
        )
    return rows


def _public(words: str, opinions: list[Opinion]) -> str:
    """Masked; the stand-in where they repeat a withheld opinion (in previews and exports: the gate
    lets no such result through)."""
    return WITHHELD if quoted(words, opinions) else mask_text(words)


def _public_opinion(opinion: Opinion) -> dict[str, Any]:
    return {
        "number": opinion.number,
        "clause": opinion.clause_name,
        "text": mask_text(public_text(opinion)),
    }


@transaction.atomic
def create_result(*, draft: DecisionDraftPage, user: Any) -> AdoptionResultPage:
    """The draft page of the result, with words to start from; the one that is there, if any.

    Raises:
        ResultRefused: the period is not over.
    """
    draft = locked_draft(draft.pk)
    existing = AdoptionResultPage.objects.child_of(draft).first()
    if existing:
        return existing
    if draft.closes_at is None or timezone.now() < draft.closes_at:
        raise ResultRefused("征求意见尚未结束，结束后才能生成采纳情况反馈。")
    result = AdoptionResultPage(
        title=f"关于《{draft.title}》公开征求意见采纳情况的反馈"[:255],
        slug="result",
        live=False,
        owner=user,
        introduction=(
            f"<p>{draft.opening_day:%Y年%m月%d日}至{draft.closing_day:%Y年%m月%d日}，"
            "我单位就本草案公开征求意见，现将意见采纳情况反馈如下。</p>"
        ),
    )
    draft.add_child(instance=result)
    result.save_revision(user=user, log_action=True)
    return result


def record_result(*, result: AdoptionResultPage, was_live: bool) -> None:
    """Called inside the publishing transaction: freeze, set the purge date, tell people.

    A result that is public stays as it was frozen; one that was taken off is counted anew.
    """
    last = result.frozen
    if was_live and last:
        return
    draft = locked_draft(result.draft.pk)
    undecided = draft.opinions.undecided().count()
    if undecided:
        # Regrouped between the gate's look and this lock.
        raise PublishBlocked([Blocker("title", f"还有{undecided}条意见没有采纳情况和理由。")])
    leaks = quoting(draft)
    if leaks:
        raise PublishBlocked([Blocker("title", refusal(opinion)) for _row, opinion in leaks])
    figures, table = count_opinions(draft=draft), response_table(draft=draft)
    if last and (last.figures, last.table) == (figures, table):
        notices.tell_result(result)
        return
    result.frozen = ResultVersion.objects.create(
        result=result,
        number=last.number + 1 if last else 1,
        figures=figures,
        table=table,
        published_at=timezone.now(),
    )
    profile = SiteProfile.for_site(result.get_site())
    purge_after = timezone.localdate() + timedelta(days=profile.retention_days)
    Contact.objects.filter(submissions__draft=draft).update(purge_after=purge_after)
    told = notices.tell_result(result)
    log(instance=result, action="consultation.result", data={"told": told, **figures})


def shown_result(*, result: AdoptionResultPage) -> dict[str, Any]:
    """``figures`` and ``table``: the frozen ones, or where it is not public those of now."""
    if result.live and result.frozen:
        return {"figures": result.figures, "table": result.table}
    draft = result.draft
    return {"figures": count_opinions(draft=draft), "table": response_table(draft=draft)}
