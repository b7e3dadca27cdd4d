"""查询我的报名: number and code by POST; cancelling, answering an offer, confirming again.

No code stands in an address, and no session is needed: a page carries a token that is signed and
lasts half an hour.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openday.calendar import pass_calendar
from openday.enums import State
from openday.forms.lookup import LookupForm, TokenForm, shown_registrations
from openday.journeys import steps_of
from openday.models import Registration
from openday.refusals import SeatRefused
from openday.services.answering import accept_offer, cancel, decline_offer, reconfirm
from openday.views.receipt import standing
from people.addresses import client_address
from people.receipts import find_receipt
from people.throttle import TooMany, check_limits

NOT_FOUND = "没有找到这项报名。请核对报名编号和查询码，它们在报名成功后的页面上。"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """The form; with a right number and code, the registration. A wrong pair learns nothing."""
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
    row = shown_registrations().filter(receipt=receipt).first() if receipt else None
    if row is not None:
        return _show_registration(request, row)
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
    response = render(request, "openday/lookup.html", context, status=status)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def _of_token(request: HttpRequest) -> Registration | HttpResponse:
    """The registration that was shown just now, or the page that asks for number and code again."""
    form = TokenForm(request.POST)
    if form.is_valid():
        row: Registration = form.cleaned_data["token"]
        return row
    context = {"form": LookupForm(), "message": next(iter(form.errors.values()))[0]}
    return render(request, "openday/lookup.html", context, status=403)


@never_cache
@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    """Ask first, then cancel, or decline what was offered; without a script these are two pages."""
    row = _of_token(request)
    if isinstance(row, HttpResponse):
        return row
    if "back" in request.POST or not row.is_active:
        return _show_registration(request, row)
    if "confirmed" not in request.POST:
        return render(request, "openday/give_up.html", standing(row))
    offered = row.state == State.OFFERED
    step = decline_offer if offered else cancel
    return _do(request, row, step, "已放弃这个名额。" if offered else "报名已取消。")


@never_cache
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Take the seat that was offered."""
    row = _of_token(request)
    if isinstance(row, HttpResponse):
        return row
    return _do(request, row, accept_offer, "名额已确认，请按时到场。")


@never_cache
@require_POST
def confirm_again(request: HttpRequest) -> HttpResponse:
    """Still come, after the session moved."""
    row = _of_token(request)
    if isinstance(row, HttpResponse):
        return row
    return _do(request, row, reconfirm, "已记下您仍会参加，请按新的时间和地点到场。")


@never_cache
@require_POST
def calendar(request: HttpRequest) -> HttpResponse:
    """The seat as an entry for the phone's calendar."""
    row = _of_token(request)
    if isinstance(row, HttpResponse):
        return row
    if row.state != State.CONFIRMED:
        return _show_registration(request, row, message="名额还没有确认。", status=409)
    host = request.get_host().partition(":")[0]
    text = pass_calendar(row, method="PUBLISH", host=host)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.receipt.number}.ics"'
    return response


def _do(
    request: HttpRequest, row: Registration, step: Callable[..., Registration], message: str
) -> HttpResponse:
    """Take the step; the page then shows how things are, also where the step came too late."""
    status = 200
    try:
        step(registration=row)
    except SeatRefused as refusal:
        message, status = refusal.message, 409
    fresh = shown_registrations().get(pk=row.pk)
    return _show_registration(request, fresh, message=message, status=status)


def _show_registration(
    request: HttpRequest, row: Registration, *, message: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = standing(row) | {
        "steps": steps_of(row),
        "can_answer": row.state == State.OFFERED and row.holds_seat,
        "can_reconfirm": row.state == State.CONFIRMED
        and row.reconfirm_by is not None
        and now < row.session.starts_at,
        "can_cancel": row.is_active
        and row.state not in {State.ATTENDED, State.OFFERED}
        and now < row.session.cancel_until,
        "too_late": row.is_active and row.session.cancel_until <= now < row.session.starts_at,
        "message": message,
        "refused": status != 200,
    }
    return render(request, "openday/registration.html", context, status=status)
