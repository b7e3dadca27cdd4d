"""查询我的报名: where it stands; cancelling, answering an offer, confirming again."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openday.calendar import pass_calendar
from openday.enums import State
from openday.forms.lookup import RegistrationLookupForm, RegistrationTokenForm
from openday.journeys import steps_of
from openday.models import Registration
from openday.refusals import SeatRefused
from openday.services.answering import accept_offer, cancel, decline_offer, reconfirm
from openday.views.receipt import standing
from people.views.look_up import LookUpView, after


class RegistrationLookUp(LookUpView):
    form_class = RegistrationLookupForm
    token_form_class = RegistrationTokenForm
    template_name = "openday/lookup.html"
    not_found = "没有找到这项报名。请核对报名编号和查询码，它们在报名成功后的页面上。"

    def show(self, row: Registration) -> HttpResponse:
        return _show_registration(self.request, row)


@after(RegistrationLookUp)
def give_up(request: HttpRequest, row: Registration) -> HttpResponse:
    """Ask first, then cancel, or decline what was offered; without a script these are two pages."""
    if "back" in request.POST or not row.is_active:
        return _show_registration(request, row)
    if "confirmed" not in request.POST:
        return render(request, "openday/give_up.html", standing(row))
    offered = row.state == State.OFFERED
    step = decline_offer if offered else cancel
    return _do(request, row, step, "已放弃这个名额。" if offered else "报名已取消。")


@after(RegistrationLookUp)
def accept(request: HttpRequest, row: Registration) -> HttpResponse:
    """Take the seat that was offered."""
    return _do(request, row, accept_offer, "名额已确认，请按时到场。")


@after(RegistrationLookUp)
def confirm_again(request: HttpRequest, row: Registration) -> HttpResponse:
    """Still come, after the session moved."""
    return _do(request, row, reconfirm, "已记下您仍会参加，请按新的时间和地点到场。")


@after(RegistrationLookUp)
def calendar(request: HttpRequest, row: Registration) -> HttpResponse:
    """The seat as an entry for the phone's calendar."""
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
    fresh = RegistrationTokenForm.rows().get(pk=row.pk)
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
