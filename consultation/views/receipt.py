from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consultation.models import Submission
from people.codes import format_code


def show_receipt(
    request: HttpRequest, submission: Submission, *, unsent: Sequence[dict[str, str]] = ()
) -> HttpResponse:
    """The receipt, straight as the answer to the POST: its code stands in no address.

    ``unsent``: what a replay brought that was not in the first sending.
    """
    contact = submission.contact
    context = submission.draft.get_context(request) | {
        "submission": submission,
        "number": submission.receipt.number,
        "code": format_code(submission.receipt.code),
        "opinions": submission.opinions.filter(part_of=None)
        .select_related("clause")
        .order_by("number"),
        "files": submission.attachments.all(),
        "email": contact.masked_email if settings.NOTIFY_EMAIL else "",
        "unsent": unsent,
    }
    return render(request, "consultation/receipt.html", context)
