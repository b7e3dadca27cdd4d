"""What staff do with opinions: review, split, undo. Every step is logged (rule G2)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from consultation.enums import Review
from consultation.models import Opinion
from consultation.services.register import locked_draft, next_number
from publishing.audit import log_all

_FROZEN = (
    "意见采纳情况已经公布，公布的汇总表不会随之改变。请先对“采纳情况反馈”取消发布，改正后重新发布。"
)


class OpinionRefused(Exception):
    """A step with an opinion is not possible; ``message`` says why, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@transaction.atomic
def review_opinions(
    *, opinions: Iterable[Opinion], review: Review, user: Any, note: str = ""
) -> list[Opinion]:
    """Set what the review says; those that no longer stand, or say so already, are left alone,
    and so are grouped ones where the review is taken back.

    Raises:
        OpinionRefused: not to be made public, but without a reason; or the result is published,
            whose table says what it says.
    """
    note = note.strip() if review == Review.WITHHELD else ""
    if review == Review.WITHHELD and not note:
        raise OpinionRefused("不予公开必须填写理由。")
    wanted = [opinion.pk for opinion in opinions]
    drafts = Opinion.objects.filter(pk__in=wanted).values_list("draft_id", flat=True)
    for draft_id in sorted(set(drafts)):
        if locked_draft(draft_id).result is not None:
            raise OpinionRefused(_FROZEN)
    found = Opinion.objects.select_for_update().standing().filter(pk__in=wanted).order_by("pk")
    if review == Review.PENDING:
        found = found.filter(response__isnull=True)
    changed = [
        opinion for opinion in found if (opinion.review, opinion.review_note) != (review, note)
    ]
    log_all(
        [(row, {"before": row.review, "after": review, "note": note}) for row in changed],
        action="consultation.review",
        user=user,
    )
    now = timezone.now()
    for row in changed:
        row.review, row.review_note, row.reviewed_by, row.reviewed_at = review, note, user, now
    Opinion.objects.filter(pk__in=[row.pk for row in changed]).update(
        review=review, review_note=note, reviewed_by=user, reviewed_at=now
    )
    return changed


@transaction.atomic
def split_opinion(*, opinion: Opinion, texts: Sequence[str], user: Any) -> list[Opinion]:
    """Let an opinion that says several things stand as several, each with a number of its own.

    The original keeps its number and text; its parts are counted in its place.

    Raises:
        OpinionRefused: fewer than two texts, or the opinion does not stand or is grouped.
    """
    texts = [text.strip() for text in texts if text.strip()]
    if len(texts) < 2:
        raise OpinionRefused("拆分后至少要有两条意见。")
    draft = locked_draft(opinion.draft_id)
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if opinion.response_id or opinion.split_at or opinion.withdrawn_at or opinion.undone_at:
        raise OpinionRefused(f"{opinion}现在是“{opinion.stage}”，不能拆分。")
    opinion.split_at = timezone.now()
    opinion.save(update_fields=["split_at"])
    first = next_number(draft)
    parts = [
        Opinion.objects.create(
            submission_id=opinion.submission_id,
            draft=draft,
            number=number,
            clause_id=opinion.clause_id,
            version_id=opinion.version_id,
            text=text,
            part_of=opinion,
        )
        for number, text in enumerate(texts, start=first)
    ]
    numbers = [part.number for part in parts]
    log(instance=opinion, action="consultation.split", user=user, data={"parts": numbers})
    return parts


@transaction.atomic
def undo_split(*, opinion: Opinion, user: Any) -> Opinion:
    """Let the original stand again; its parts keep number and text but are not counted.

    Raises:
        OpinionRefused: it was not split, or a part is grouped, was split itself, or was withdrawn
            by its writer: what he took back would stand again.
    """
    locked_draft(opinion.draft_id)
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if not opinion.split_at:
        raise OpinionRefused(f"{opinion}没有拆分过。")
    parts = opinion.parts.filter(undone_at__isnull=True)
    if parts.filter(Q(response__isnull=False) | Q(split_at__isnull=False)).exists():
        raise OpinionRefused("拆分出的意见已归入或再次拆分，请先撤销那一步。")
    if parts.filter(withdrawn_at__isnull=False).exists():
        raise OpinionRefused("拆分出的意见已有提交人撤回的，不能再撤销拆分。")
    parts.update(undone_at=timezone.now())
    opinion.split_at = None
    opinion.save(update_fields=["split_at"])
    log(instance=opinion, action="consultation.undo_split", user=user)
    return opinion
