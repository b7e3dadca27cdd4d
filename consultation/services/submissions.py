"""Taking opinions in: one register for the web and every other channel (rules D1, D3, D4)."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from consultation import notices
from consultation.enums import Channel, Review
from consultation.models import (
    Clause,
    DecisionDraftPage,
    Opinion,
    Submission,
    SubmissionAttachment,
)
from consultation.services.files import sha256_of
from consultation.services.register import (
    NOT_PUBLISHED,
    SubmissionRefused,
    lock_period,
    locked_draft,
    next_number,
)
from people.models import Contact, PrivacyNotice
from people.phones import is_person
from people.receipts import issue_receipt
from people.rows import insert
from people.services import create_contact
from people.uploads import CheckedFile
from publishing.kept import kept


class ConsultationClosed(SubmissionRefused):
    """The period has not begun, or is over (to the second)."""


class KeyTaken(SubmissionRefused):
    """The form's key has brought something else already: another draft's, or by another way."""

    field = "idempotency_key"

    def __init__(self) -> None:
        super().__init__("这份表单已经用过一次，请检查内容后重新提交。")


@dataclass(frozen=True, slots=True)
class SaidOpinion:
    """One thing said: its text, and the clause's block id, or None for the whole draft."""

    text: str
    block_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends. All may be empty in staff's entry; on the web the phone is required."""

    kind: str = "individual"
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a submission came: by which channel, on which day, through whom."""

    channel: Channel = Channel.WEB
    received_on: date | None = None
    entered_by: Any = None
    held_for_review: bool = False
    files: Sequence[CheckedFile] = field(default_factory=tuple)


def submit_opinions(
    *,
    draft: DecisionDraftPage,
    opinions: Sequence[SaidOpinion],
    sender: Sender,
    idempotency_key: uuid.UUID,
    arrival: Arrival | None = None,
    notice: PrivacyNotice | None = None,
) -> Submission:
    """Take one submission; the same key again gives the submission that is there already.

    Raises:
        KeyTaken: the key belongs to what was said of another draft, by another way, or by
            another person.
        ConsultationClosed: a web submission outside of the period.
        SubmissionRefused: nothing is said, a clause is unknown, or the draft was never published.
    """
    try:
        with transaction.atomic():
            return _take(draft, opinions, sender, idempotency_key, arrival or Arrival(), notice)
    except (IntegrityError, SubmissionRefused):
        # Sent before, or by a parallel request that was quicker; anything else has no such row.
        rows = Submission.objects.filter(idempotency_key=idempotency_key)
        known = rows.select_related("contact").first()
        if known is None:
            raise
        same = (known.draft_id, known.channel) == (draft.pk, (arrival or Arrival()).channel)
        if not same or not is_person(known.contact.person_key, sender.phone):
            raise KeyTaken from None
        known.was_there = True
        return known


def _take(
    draft: DecisionDraftPage,
    opinions: Sequence[SaidOpinion],
    sender: Sender,
    idempotency_key: uuid.UUID,
    arrival: Arrival,
    notice: PrivacyNotice | None,
) -> Submission:
    """Write the rows, and queue the receipt.

    All writers of a draft wait for one another from the moment that its row is locked. So what
    needs no number comes before it, and the clock is looked at under the lock.
    """
    rows = _opinions(draft, opinions)
    submission = Submission(
        draft=draft,
        receipt=issue_receipt(),
        contact=_contact(sender),
        channel=arrival.channel,
        idempotency_key=idempotency_key,
        received_on=arrival.received_on or timezone.localdate(),
        entered_by=arrival.entered_by,
        held_for_review=arrival.held_for_review,
        notice=notice,
        consented_at=timezone.now() if notice else None,
    )
    insert(submission)
    with _files_kept(submission, arrival.files) as files:
        locked = lock_period(draft.pk)
        _check_open(locked, arrival)
        for number, row in enumerate(rows, start=next_number(locked)):
            row.submission, row.number = submission, number
        insert(*rows)
    _remember(submission, opinions=rows, attachments=files)
    _log_entry(submission, rows)
    notices.confirm_receipt(submission, rows)
    return submission


def _remember(submission: Submission, **rows: Sequence[models.Model]) -> None:
    """Keep what was just written as if it had been fetched: the receipt shows it at once."""
    cache = submission.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, written in rows.items():
        found = getattr(submission, name).all()
        found._result_cache, found._prefetch_done = list(written), True
        cache[name] = found


def _check_open(draft: DecisionDraftPage, arrival: Arrival) -> None:
    """Look at the clock, and whether the result is out. Call with the draft locked."""
    if arrival.channel == Channel.WEB:
        if not draft.is_open:
            raise ConsultationClosed(closed_message(draft))
        # Before closing there is no result (rule D7), so nobody asks for it.
    elif draft.result is not None:
        raise SubmissionRefused("意见采纳情况已经公布，不能再登记意见。")


def _log_entry(submission: Submission, opinions: Sequence[Opinion]) -> None:
    """What staff enter stands in the audit trail; who sends over the web has no account."""
    user = submission.entered_by
    if user:
        data = {"opinions": [opinion.number for opinion in opinions]}
        log(instance=submission, action="consultation.submit", user=user, data=data)


def closed_message(draft: DecisionDraftPage) -> str:
    """Why the web form is shut at this moment."""
    if draft.opens_at and timezone.now() < draft.opens_at:
        return f"征求意见尚未开始，{draft.opening_day:%Y年%m月%d日}起可以提交。"
    return f"征求意见已于{draft.closing_day:%Y年%m月%d日}24时结束，不能再提交。"


def _contact(sender: Sender) -> Contact:
    return create_contact(
        kind=sender.kind,
        name=sender.name,
        phone=sender.phone,
        email=sender.email,
        address=sender.address,
    )


def _opinions(draft: DecisionDraftPage, said: Sequence[SaidOpinion]) -> list[Opinion]:
    """The rows to write, without number and submission."""
    if not said:
        raise SubmissionRefused("还没有写意见。")
    version, clauses = kept("said-of", draft.pk, make=lambda: _said_of(draft))
    if not {one.block_id for one in said if one.block_id} <= clauses.keys():
        raise SubmissionRefused("所选的条款不在这份草案中，请刷新页面后重新选择。")
    return [
        Opinion(
            draft=draft,
            clause=clauses[one.block_id] if one.block_id else None,
            version_id=version,
            text=one.text,
            review=Review.PENDING,
        )
        for one in said
    ]


def _said_of(draft: DecisionDraftPage) -> tuple[int, dict[uuid.UUID, Clause]]:
    """What an opinion can be about: the key of the newest version, and the clauses by block."""
    version = draft.versions.values_list("pk", flat=True).first()
    if version is None:
        raise SubmissionRefused(NOT_PUBLISHED)
    return version, {row.block_id: row for row in draft.clause_rows.all()}


@contextmanager
def _files_kept(
    submission: Submission, files: Sequence[CheckedFile]
) -> Iterator[list[SubmissionAttachment]]:
    """Store the files; what a refusal takes back in the database is taken back there, too."""
    kept: list[SubmissionAttachment] = []
    try:
        for checked in files:
            row = _attachment(submission, checked)
            row.save()
            kept.append(row)
        yield kept
    except Exception:
        for row in kept:
            row.file.delete(save=False)
        raise


def _attachment(submission: Submission, checked: CheckedFile) -> SubmissionAttachment:
    return SubmissionAttachment(
        submission=submission,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=sha256_of(checked.content),
        file=ContentFile(checked.content, name=checked.name),
    )


@transaction.atomic
def withdraw_opinion(*, submission: Submission, number: int) -> Opinion:
    """The writer takes an opinion back, until closing; it stays counted as withdrawn.

    Raises:
        SubmissionRefused: the period is over, or there is no such opinion to take back.
    """
    draft = locked_draft(submission.draft_id)
    if not draft.is_open:
        raise SubmissionRefused("征求意见已结束，意见不能再撤回。")
    standing = submission.opinions.standing().select_related("response")
    opinion = standing.filter(number=number).first()
    if opinion is None:
        raise SubmissionRefused("没有找到可以撤回的意见，它可能已经撤回。")
    data = {"response": opinion.response.number} if opinion.response else {}
    opinion.response = None
    opinion.withdrawn_at = timezone.now()
    opinion.save(update_fields=["response", "withdrawn_at"])
    log(instance=opinion, action="consultation.withdraw", data=data)
    return opinion
