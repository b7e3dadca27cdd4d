"""听证: the screen of one session's hearing, and the steps that staff take there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from openday import hearing_reading as reading
from openday.access import SEATS, events_for, may, sessions_for
from openday.enums import EventKind, State
from openday.forms.hearings import MaterialsForm, RecordForm, SigningForm, StatementForm
from openday.models import HearingStatement, Session
from openday.refusals import SeatRefused
from openday.services import hearings
from openday.views.hearing_frame import frame

SEE = "openday.view_session"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a hearing: what is filled in, what happens, what is said."""

    form: Callable[..., forms.Form]
    run: Callable[[Session, dict[str, Any], Any], Any]
    done: str


def _empty(data: Any, session: Session) -> forms.Form:
    return forms.Form(data)


STEPS = {
    "participants": Step(
        _empty,
        lambda session, typed, user: hearings.publish_participants(session=session, user=user),
        "名单已公布在活动页面上",
    ),
    "materials": Step(
        lambda data, session: MaterialsForm(data, prefix="materials"),
        lambda session, typed, user: hearings.record_materials(session=session, user=user, **typed),
        "已记录材料送达",
    ),
    "ready": Step(
        _empty,
        lambda session, typed, user: hearings.mark_ready(session=session, user=user),
        "已确认准备就绪",
    ),
    "record": Step(
        lambda data, session: RecordForm(data, prefix="record"),
        lambda session, typed, user: hearings.write_record(session=session, user=user, **typed),
        "笔录已保存",
    ),
    "statement": Step(
        lambda data, session: StatementForm(data, prefix="statement", session=session),
        lambda session, typed, user: hearings.add_statement(session=session, user=user, **typed),
        "发言已登记",
    ),
    "silent": Step(
        _empty,
        lambda session, typed, user: hearings.note_silent(session=session, user=user),
        "已登记没有发言的参加人，请他们签字",
    ),
    "close": Step(
        _empty,
        lambda session, typed, user: hearings.close_record(session=session, user=user),
        "笔录已定稿",
    ),
}


@require_safe
def choose_session(request: HttpRequest, pk: int) -> HttpResponse:
    """From the event to its hearing; where there are several sessions, first which one."""
    event = get_object_or_404(events_for(request.user, SEE), pk=pk, kind=EventKind.HEARING)
    sessions = event.standing_sessions
    if len(sessions) == 1:
        return redirect("hearing:show", sessions[0].pk)
    hearings_of = map(reading.hearing_of, sessions)
    rows = [(hearing.session, hearing, reading.is_ready(hearing)) for hearing in hearings_of]
    context = {**frame("听证"), "event": event, "rows": rows}
    return render(request, "openday/desk_hearing/sessions.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _session(request, pk, SEE))


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do it and go back to the screen; what is refused is shown with what was typed."""
    chosen = STEPS[step]
    session = _session(request, pk, SEATS)
    form = chosen.form(request.POST, session)
    if form.is_valid():
        try:
            chosen.run(session, form.cleaned_data, request.user)
        except SeatRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, f"{chosen.done}。")
            return redirect("hearing:show", pk)
    return _page(request, session, {step: form})


def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement: its words, its signature."""
    row = _statement(request, pk)
    if request.method != "POST":
        return _statement_page(request, row, SigningForm.of(row))
    form = SigningForm(request.POST)
    if not form.is_valid():
        return _statement_page(request, row, form, status=422)
    try:
        hearings.change_statement(statement=form.changed(row), user=request.user)
    except SeatRefused as refusal:
        form.add_error(refusal.field, refusal.message)
        return _statement_page(request, row, form, status=422)
    messages.success(request, "发言已保存。")
    return redirect("hearing:show", row.hearing.session_id)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = _statement(request, pk)
    try:
        hearings.remove_statement(statement=row, user=request.user)
        messages.success(request, "发言已删除。")
    except SeatRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("hearing:show", row.hearing.session_id)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """听证笔录 on paper: for the participants to read and sign."""
    session = _session(request, pk, SEE)
    hearing = reading.hearing_of(session)
    context = {
        **frame("听证笔录", ("听证", reverse("hearing:show", args=[pk])), icon="doc-full"),
        "session": session,
        "hearing": hearing,
        "said": reading.statements_of(hearing),
        "came": reading.participants_of(session).filter(state=State.ATTENDED),
    }
    return render(request, "openday/desk_hearing/sheet.html", context)


def _session(request: HttpRequest, pk: int, permission: str) -> Session:
    """The hearing's session, if its unit is one where the user holds the permission; else 404."""
    rows = sessions_for(request.user, permission).filter(event__kind=EventKind.HEARING)
    return get_object_or_404(rows, pk=pk)


def _statement(request: HttpRequest, pk: int) -> HearingStatement:
    rows = HearingStatement.objects.filter(
        hearing__session__in=sessions_for(request.user, SEATS).order_by()
    )
    related = ("hearing__session__event", "registration__contact", "registration__receipt")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _page(
    request: HttpRequest, session: Session, typed: dict[str, forms.Form] | None = None
) -> HttpResponse:
    hearing = reading.hearing_of(session)
    fresh = {
        "materials": MaterialsForm(
            prefix="materials", initial={"day": hearing.materials_delivered_on}
        ),
        "record": RecordForm.of(hearing),
        "statement": StatementForm(prefix="statement", session=session),
    }
    listed = reading.masked_list(session)
    shown = {**fresh, **(typed or {})}
    context = {
        **frame("听证"),
        "session": session,
        "event": session.event,
        "hearing": hearing,
        "obstacles": reading.obstacles(hearing),
        "ready": reading.is_ready(hearing),
        "latest": reading.latest_delivery(session),
        "listed": listed,
        "list_changed": reading.is_outdated(hearing),
        "begun": timezone.now() >= session.starts_at,
        "said": reading.statements_of(hearing),
        "silent": reading.unrecorded(session),
        "forms": shown,
        "media": fresh["materials"].media,
        "may_change": may(request.user, SEATS, session.event),
    }
    status = 422 if typed else 200
    return render(request, "openday/desk_hearing/hearing.html", context, status=status)


def _statement_page(
    request: HttpRequest, row: HearingStatement, form: SigningForm, *, status: int = 200
) -> HttpResponse:
    above = ("听证", reverse("hearing:show", args=[row.hearing.session_id]))
    context = {**frame("参加人发言", above), "row": row, "form": form, "media": form.media}
    return render(request, "openday/desk_hearing/statement.html", context, status=status)
