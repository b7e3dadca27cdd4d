"""代为报名: who phones or comes to the counter is registered in one short form (rule O2)."""

from typing import Any
from urllib.parse import urlencode, urljoin

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from openday.access import DECIDE, ENTER, may, registrations_for, sessions_for
from openday.desk_reading import glance
from openday.enums import Origin
from openday.forms.desk_entry import SeatEntryForm
from openday.models import Registration, Session
from openday.refusals import SeatRefused
from openday.services.registering import Entry, register
from openday.views.desk_frame import REGISTER, frame
from people.codes import format_code
from publishing.ids import parse_id
from publishing.unit_policy import unit_ids


def enter(request: HttpRequest) -> HttpResponse:
    """First the session, then the form: its groups depend on the session."""
    if unit_ids(request.user, ENTER) == frozenset():
        raise PermissionDenied
    sessions = sessions_for(request.user, ENTER)
    wanted = parse_id(request.GET.get("session"))
    if wanted is None:
        open_now = sessions.filter(cancelled_at=None, starts_at__gt=timezone.now())
        context = {**frame("代为报名", REGISTER, icon="plus"), "glances": glance(open_now)}
        return render(request, "openday/desk/enter_session.html", context)
    return _fill_in(request, get_object_or_404(sessions, pk=wanted))


def _fill_in(request: HttpRequest, session: Session) -> HttpResponse:
    may_name = may(request.user, DECIDE, session.event)
    if request.method != "POST":
        kept = {name: request.GET[name] for name in ("origin", "group") if name in request.GET}
        form = SeatEntryForm(session=session, may_name=may_name, initial=kept)
        return _form(request, session, form)
    form = SeatEntryForm(request.POST, session=session, may_name=may_name)
    if not form.is_valid():
        return _form(request, session, form, status=422)
    try:
        registration = _take(form, request.user, may_name=may_name)
    except SeatRefused as refusal:
        form.refuse(refusal)
        return _form(request, session, form, status=422)
    return _afterwards(request, registration)


def _take(form: SeatEntryForm, user: Any, *, may_name: bool) -> Registration:
    typed = form.cleaned_data
    entry = Entry(
        origin=Origin(typed["origin"]),
        entered_by=user,
        one_more=typed["one_more"],
        may_name=may_name,
        invitation=form.invitation_code,
    )
    return register(
        group=typed["group"],
        applicant=form.applicant,
        idempotency_key=typed["idempotency_key"],
        entry=entry,
    )


def _afterwards(request: HttpRequest, row: Registration) -> HttpResponse:
    """To the slip; or to the next caller, with session, group and origin as they were."""
    if "then-next" not in request.POST:
        return redirect("seats:slip", row.pk)
    slip = messages.button(reverse("seats:slip", args=[row.pk]), "回执单")
    words = f"已登记，报名编号{row.receipt}，现为“{row.get_state_display()}”。"
    messages.success(request, words, buttons=[slip])
    return redirect(_next(row))


def _next(row: Registration) -> str:
    kept = {"session": row.session_id, "group": row.group_id, "origin": row.origin}
    return f"{reverse('seats:enter')}?{urlencode(kept)}"


@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and code for the caller, to say or to print; for nobody but who entered them."""
    related = ("session__event", "group__audience", "receipt", "contact")
    rows = registrations_for(request.user, ENTER).select_related(*related)
    row = get_object_or_404(rows, pk=pk, entered_by=request.user)
    context = {
        **frame("报名回执", REGISTER, icon="doc-full"),
        "registration": row,
        "session": row.session,
        "code": format_code(row.receipt.code),
        "look_up": urljoin(row.session.event.full_url or "", reverse("registration_lookup")),
        "next": _next(row),
    }
    return render(request, "openday/desk/slip.html", context)


def _form(
    request: HttpRequest, session: Session, form: SeatEntryForm, *, status: int = 200
) -> HttpResponse:
    context = {
        **frame("代为报名", REGISTER, icon="plus"),
        "session": session,
        "event": session.event,
        "conditions": session.event.conditions.all(),
        "form": form,
        "media": form.media,
    }
    return render(request, "openday/desk/enter.html", context, status=status)
