"""查询我的意见: the way of each opinion, taking one back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consultation.forms.lookup import WithdrawForm
from consultation.journeys import journeys
from consultation.models import Submission
from consultation.services.register import SubmissionRefused
from consultation.services.submissions import withdraw_opinion
from people.views.look_up import LookUpView, after


class OpinionLookUp(LookUpView):
    token_form_class = WithdrawForm
    template_name = "consultation/lookup.html"
    not_found = "没有找到这份回执。请核对编号和查询码，它们在回执上。"

    def show(self, row: Submission) -> HttpResponse:
        return _show_opinions(self.request, row)


@after(OpinionLookUp)
def withdraw(request: HttpRequest, submission: Submission, *, number: int) -> HttpResponse:
    """Ask first, then take the opinion back; without a script these are two pages."""
    if "back" in request.POST:
        return _show_opinions(request, submission)
    if "confirmed" not in request.POST:
        return _ask(request, submission, number)
    try:
        opinion = withdraw_opinion(submission=submission, number=number)
    except SubmissionRefused as refusal:
        return _show_opinions(request, submission, message=refusal.message, status=409)
    return _show_opinions(request, submission, message=f"{opinion}已撤回。")


def _ask(request: HttpRequest, submission: Submission, number: int) -> HttpResponse:
    opinion = submission.opinions.standing().filter(number=number).select_related("clause").first()
    if opinion is None:
        message = "这条意见已经撤回或不能撤回。"
        return _show_opinions(request, submission, message=message, status=409)
    context = {
        "submission": submission,
        "opinion": opinion,
        "token": WithdrawForm.token_for(submission),
    }
    return render(request, "consultation/withdraw.html", context)


def _show_opinions(
    request: HttpRequest, submission: Submission, *, message: str = "", status: int = 200
) -> HttpResponse:
    draft = submission.draft
    result = draft.result if draft.live else None
    opinions = submission.opinions.select_related("clause", "response", "part_of")
    context: dict[str, Any] = {
        "submission": submission,
        "draft": draft,
        "result": result,
        "journeys": journeys(opinions, is_published=result is not None, is_open=draft.is_open),
        "files": submission.attachments.all(),
        "token": WithdrawForm.token_for(submission),
        "message": message,
        "refused": status != 200,
    }
    return render(request, "consultation/opinions.html", context, status=status)
