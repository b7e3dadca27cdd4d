from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consultation.models import DecisionDraftPage, Opinion, Submission
from people.codes import format_code


def show_receipt(
    request: HttpRequest,
    draft: DecisionDraftPage,
    submission: Submission,
    *,
    unsent: Sequence[dict[str, str]] = (),
) -> HttpResponse:
    """The receipt, straight as the answer to the POST: its code stands in no address.

    ``unsent``: what a replay brought that was not in the first sending.
    """
    contact = submission.contact
    context = draft.get_context(request) | {
        "submission": submission,
        "number": submission.receipt.number,
        "code": format_code(submission.receipt.code),
        "opinions": first_said(submission),
        "files": submission.attachments.all(),
        "email": contact.masked_email if settings.NOTIFY_EMAIL else "",
        "unsent": unsent,
    }
    return render(request, "consultation/receipt.html", context)


def first_said(submission: Submission) -> list[Opinion]:
    """The opinions as they were sent, without the parts into which staff split them."""
    sent = [row for row in submission.opinions.all() if row.part_of_id is None]
    return sorted(sent, key=lambda row: row.number)
