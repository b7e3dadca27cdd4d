"""What people are told of their opinions; the words are templates/emails/consultation/*.txt."""

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from django.template.loader import render_to_string

from consultation.enums import Channel
from consultation.models import AdoptionResultPage, DecisionDraftPage, Opinion, Submission
from notify.enums import MessageState
from notify.models import Message
from notify.services import Notice, enqueue, enqueue_many
from people.codes import format_code


def confirm_receipt(submission: Submission, opinions: Sequence[Opinion]) -> None:
    """Send the receipt to who left a way to be told; staff's entries without one get none.

    Who sent over the web has it on the screen: nobody phones to repeat it. The query code is for
    the person alone, so it stands on no list (docs/decisions/calls.md).
    """
    if not submission.contact.can_be_reached:
        return
    context = {
        "draft": submission.draft,
        "number": submission.receipt.number,
        "opinions": opinions,
    }
    code = {"code": format_code(submission.receipt.code)}
    enqueue(
        contact=submission.contact,
        kind="receipt",
        subject=f"意见回执：{submission.draft.title}"[:150],
        body=render_to_string("emails/consultation/receipt.txt", context),
        dedupe_key=f"receipt-{submission.pk}",
        unit=submission.draft.unit,
        secret=render_to_string("emails/consultation/code.txt", code).strip(),
        phone_if_unsent=submission.channel != Channel.WEB,
    )


def tell_result(result: AdoptionResultPage) -> int:
    """Queue one message for each submitter who can be reached; returns how many are new.

    Of a corrected result only those are told to whom it says something else than what they were
    told last. Those whom no channel reaches go onto the unit's call list (rule T2).
    """
    draft = result.draft
    submissions = draft.submissions.select_related("contact", "receipt").prefetch_related(
        "opinions__response", "opinions__clause"
    )
    told = _told_last(draft)
    found = (
        (submission, _key_of(submission))
        for submission in submissions.iterator(chunk_size=500)
        if submission.contact.can_be_reached
    )
    return enqueue_many(
        _result_notice(submission, result, draft, key, told.get(key.submission, _Told()))
        for submission, key in found
        if told.get(key.submission, _Told()).digest != key.digest
    )


class _Key(NamedTuple):
    """What was told to whom: the submission, and the digest of its opinions' outcomes."""

    submission: str
    digest: str


def _key_of(submission: Submission) -> _Key:
    said = [
        (row.number, bool(row.withdrawn_at), row.response.outcome, row.response.reason)
        if row.response
        else (row.number, bool(row.withdrawn_at))
        for row in _standing(submission)
    ]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
    return _Key(str(submission.pk), digest)


class _Told(NamedTuple):
    """The last digest that somebody was told, or is being told; empty for none. How many messages
    were taken back before."""

    digest: str = ""
    withdrawn: int = 0


def _told_last(draft: DecisionDraftPage) -> dict[str, _Told]:
    """What was told of each submission; keys are ``_result_notice``'s."""
    contacts = draft.submissions.values("contact")
    messages = Message.objects.filter(kind="result", contact__in=contacts).order_by("pk")
    told: dict[str, _Told] = {}
    for key, state in messages.values_list("dedupe_key", "state"):
        _kind, submission, *rest = key.split("-")
        before = told.get(submission, _Told())
        if state == MessageState.WITHDRAWN:
            told[submission] = before._replace(withdrawn=before.withdrawn + 1)
        else:
            told[submission] = before._replace(digest=rest[-1] if rest else "-")
    return told


def _standing(submission: Submission) -> list[Opinion]:
    rows = (row for row in submission.opinions.all() if not (row.split_at or row.undone_at))
    return sorted(rows, key=lambda row: row.number)


def _result_notice(
    submission: Submission,
    result: AdoptionResultPage,
    draft: DecisionDraftPage,
    key: _Key,
    told: _Told,
) -> Notice:
    version = result.frozen.number if result.frozen else 0
    # The key of a message that was taken back stays taken.
    again = f"again{told.withdrawn}-" if told.withdrawn else ""
    context = {
        "draft": draft,
        "result": result,
        "corrected": bool(told.digest),
        "number": submission.receipt.number,
        "opinions": _standing(submission),
    }
    return Notice(
        contact=submission.contact,
        kind="result",
        subject=f"意见采纳情况：{draft.title}"[:150],
        body=render_to_string("emails/consultation/result.txt", context),
        dedupe_key=f"result-{key.submission}-{version}-{again}{key.digest}",
        unit=draft.unit,
    )
