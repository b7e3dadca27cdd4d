"""The page of one registration in the admin, and the steps that staff take there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from openday import desk_reading
from openday.access import CHANGE, DECIDE, REVEAL, VIEW, may, registrations_for
from openday.enums import State
from openday.forms.desk_filters import chosen_registrations
from openday.forms.desk_registrations import CancelForm, RejectForm, RevokeForm, step_forms
from openday.forms.desk_sessions import show_refusal
from openday.models import Registration
from openday.refusals import SeatRefused
from openday.services import answering, deciding
from openday.views.desk_frame import REGISTER, frame
from people.services import RevealRefused, reveal_contact

Typed = dict[str, Any]
_REVOCABLE = {State.PENDING, State.IN_DRAW, State.WAITLISTED, State.OFFERED, State.CONFIRMED}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with a registration: who may, what is filled in, what happens, what is said.

    What is said begins with the state that came of it.
    """

    permission: str
    form: type[forms.Form]
    run: Callable[[Registration, Typed, Any], Any]
    done: str


STEPS = {
    "approve": Step(
        DECIDE,
        forms.Form,
        lambda row, typed, user: deciding.approve(registration=row, user=user),
        "已审核通过",
    ),
    "reject": Step(
        DECIDE,
        RejectForm,
        lambda row, typed, user: deciding.reject(registration=row, user=user, **typed),
        "已设为不通过",
    ),
    "revoke": Step(
        DECIDE,
        RevokeForm,
        lambda row, typed, user: deciding.revoke(registration=row, user=user, **typed),
        "已撤销",
    ),
    "verify": Step(
        CHANGE,
        forms.Form,
        lambda row, typed, user: deciding.verify_person(registration=row, user=user),
        "已核验",
    ),
    "cancel": Step(
        CHANGE,
        CancelForm,
        lambda row, typed, user: answering.cancel(registration=row, user=user, **typed),
        "已代为取消",
    ),
    "accept": Step(
        CHANGE,
        forms.Form,
        lambda row, typed, user: answering.accept_offer(registration=row, user=user),
        "已代为确认名额",
    ),
    "decline": Step(
        CHANGE,
        forms.Form,
        lambda row, typed, user: answering.decline_offer(registration=row, user=user),
        "已代为放弃名额",
    ),
    "reconfirm": Step(
        CHANGE,
        forms.Form,
        lambda row, typed, user: answering.reconfirm(registration=row, user=user),
        "已记下本人确认参加",
    ),
}


@require_safe
def show_registration(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _registration(request, pk, VIEW))


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do it and go back to the page; what was refused is shown there, with what was typed."""
    chosen = STEPS[step]
    row = _registration(request, pk, chosen.permission)
    form = chosen.form(request.POST, prefix=step)
    if form.is_valid():
        try:
            chosen.run(row, form.cleaned_data, request.user)
        except SeatRefused as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, row, chosen)
    return _page(request, _registration(request, pk, chosen.permission), {step: form})


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the contact details in full; who looked is in the log."""
    row = _registration(request, pk, VIEW)
    try:
        contact = reveal_contact(
            contact=row.contact,
            user=request.user,
            about=f"{row.session} 报名{row}",
            allowed=may(request.user, REVEAL, row.session.event),
        )
    except RevealRefused as refusal:
        raise PermissionDenied(refusal.message) from refusal
    return _page(request, row, revealed=contact)


def _done(request: HttpRequest, row: Registration, step: Step) -> HttpResponse:
    now = Registration.objects.get(pk=row.pk)
    state = now.get_state_display()
    messages.success(request, f"报名{row}：{step.done}，现为“{state}”。")
    query = request.GET.urlencode()
    address = reverse("seats:registration", args=[row.pk])
    return redirect(f"{address}?{query}" if query else address)


def _registration(request: HttpRequest, pk: int, permission: str) -> Registration:
    """The registration, if its unit is one where the user holds the permission; else 404."""
    related = ("session__event__unit", "group__audience", "receipt", "contact", "entered_by")
    rows = registrations_for(request.user, permission).select_related(*related)
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest,
    row: Registration,
    typed: dict[str, forms.Form] | None = None,
    revealed: Any = None,
) -> HttpResponse:
    event = row.session.event
    context = {
        **frame(f"报名{row}", REGISTER),
        "registration": row,
        "session": row.session,
        "transitions": row.transitions.select_related("by"),
        "moves": row.session.moves.filter(at__gte=row.created_at),
        "check_ins": row.check_ins.select_related("by", "undone_by"),
        "told": desk_reading.told(row),
        "beside": desk_reading.beside(row, chosen_registrations(request, request.GET)),
        "forms": {**step_forms(row), **(typed or {})},
        "revealed": revealed,
        "revocable": row.state in _REVOCABLE,
        "may_change": may(request.user, CHANGE, event),
        "may_decide": may(request.user, DECIDE, event),
        "may_reveal": may(request.user, REVEAL, event),
        "query": request.GET.urlencode(),
    }
    status = 200 if not typed else 422
    return render(request, "openday/desk/registration.html", context, status=status)
