"""What people are told of their opinions; the words are templates/emails/consultation/*.txt."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from consultation.enums import Channel
from consultation.models import AdoptionResultPage, DecisionDraftPage, Opinion, Submission
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

    Those whom no channel reaches go onto the unit's call list (rule T2).
    """
    draft = result.draft
    submissions = draft.submissions.select_related("contact", "receipt").prefetch_related(
        "opinions__response", "opinions__clause"
    )
    return enqueue_many(
        _result_notice(submission, result, draft)
        for submission in submissions.iterator(chunk_size=500)
        if submission.contact.can_be_reached
    )


def _result_notice(
    submission: Submission, result: AdoptionResultPage, draft: DecisionDraftPage
) -> Notice:
    context = {
        "draft": draft,
        "result": result,
        "number": submission.receipt.number,
        "opinions": sorted(
            (o for o in submission.opinions.all() if not (o.split_at or o.undone_at)),
            key=lambda opinion: opinion.number,
        ),
    }
    return Notice(
        contact=submission.contact,
        kind="result",
        subject=f"意见采纳情况：{draft.title}"[:150],
        body=render_to_string("emails/consultation/result.txt", context),
        dedupe_key=f"result-{submission.pk}",
        unit=draft.unit,
    )
