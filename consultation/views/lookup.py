"""查询我的意见: number and code by POST, the way of each opinion, taking one back.

No code stands in an address, and no session is needed: a page carries a token that is signed and
lasts half an hour.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultation.forms.lookup import LookupForm, WithdrawForm, token_for
from consultation.journeys import journeys
from consultation.models import Submission
from consultation.services.register import SubmissionRefused
from consultation.services.submissions import withdraw_opinion
from people.addresses import client_address
from people.receipts import find_receipt
from people.throttle import TooMany, check_limits

NOT_FOUND = "没有找到这份回执。请核对编号和查询码，它们在提交成功后的页面上。"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """The form; with a right number and code, the submission. A wrong pair learns nothing."""
    form = LookupForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show_form(request, form)
    try:
        return _found(request, form)
    except TooMany as refusal:
        form.add_error(None, refusal.message)
        return _show_form(request, form, retry_after=refusal.retry_after)


def _found(request: HttpRequest, form: LookupForm) -> HttpResponse:
    """Whoever brings another feature's number with its right code is told where to go with it."""
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    check_limits(action="lookup", address=client_address(request), person_key=number)
    receipt = find_receipt(number, code)
    rows = Submission.objects.select_related("draft", "receipt", "contact")
    submission = rows.filter(receipt=receipt).first() if receipt else None
    if submission is not None:
        return _show_opinions(request, submission)
    if receipt is None:
        form.add_error(None, NOT_FOUND)
    return _show_form(request, form, elsewhere=receipt is not None)


def _show_form(
    request: HttpRequest,
    form: LookupForm,
    *,
    retry_after: int | None = None,
    elsewhere: bool = False,
) -> HttpResponse:
    status = 200 if not form.is_bound else 422 if retry_after is None else 429
    context = {"form": form, "elsewhere": elsewhere}
    response = render(request, "consultation/lookup.html", context, status=status)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


@never_cache
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Ask first, then take the opinion back; without a script these are two pages."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        lookup = LookupForm()
        context = {"form": lookup, "message": next(iter(form.errors.values()))[0]}
        return render(request, "consultation/lookup.html", context, status=403)
    submission, number = form.cleaned_data["token"], form.cleaned_data["number"]
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
    context = {"submission": submission, "opinion": opinion, "token": token_for(submission)}
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
        "token": token_for(submission),
        "message": message,
        "refused": status != 200,
    }
    return render(request, "consultation/opinions.html", context, status=status)
