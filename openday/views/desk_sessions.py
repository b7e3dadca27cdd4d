"""场次与名额: an event's sessions with their seats; adding, changing, moving, calling one off."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from openday.access import ENTER, EXPORT, SEATS, SUGGEST, VIEW, events_for, may, sessions_for
from openday.desk_reading import glance, told_of_change
from openday.forms.desk_sessions import CancelForm, SessionForm, show_refusal
from openday.models import EventPage, Session
from openday.refusals import SeatRefused
from openday.services.sessions import add_session, cancel_session, change_session
from openday.session_times import DERIVED
from openday.views.desk_frame import SESSIONS, frame


@require_safe
def show_event(request: HttpRequest, pk: int) -> HttpResponse:
    """All sessions of the event, each group as a bar."""
    event = get_object_or_404(events_for(request.user, VIEW).select_related("unit"), pk=pk)
    context = {
        **frame("场次与名额", SESSIONS, icon="date"),
        "event": event,
        "glances": glance(event.sessions.select_related("event")),
        "may_set_up": may(request.user, SEATS, event),
        "may_enter": may(request.user, ENTER, event),
        "may_export": may(request.user, EXPORT, event),
        "may_answer": may(request.user, SUGGEST, event),
        "edit_url": _editor(request, event),
    }
    return render(request, "openday/desk/event.html", context)


def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new session of the event; its groups come after."""
    event = get_object_or_404(events_for(request.user, SEATS), pk=pk)
    form = SessionForm(request.POST or None, instance=Session(event=event))
    if request.method == "POST" and form.is_valid() and not _fill(request):
        try:
            session = add_session(session=form.instance, user=request.user)
        except (SeatRefused, ValidationError) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"已添加“{session}”。请接着添加名额组。")
            return redirect("seats:add_group", session.pk)
    return _form(request, event, form, "添加场次")


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a session; another time or place is told to everyone who registered."""
    session = _session(request, pk)
    told = told_of_change(session)
    form = SessionForm(request.POST or None, instance=session, told=told)
    if request.method == "POST" and form.is_valid() and not _fill(request):
        reconfirm_by = form.cleaned_data.get("reconfirm_by")
        try:
            change_session(session=form.instance, user=request.user, reconfirm_by=reconfirm_by)
        except (SeatRefused, ValidationError) as refusal:
            show_refusal(form, refusal)
        else:
            return _changed(request, form)
    return _form(request, session.event, form, "修改场次", session=session)


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, saying how many will be told; by POST, call it off."""
    session = _session(request, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = told_of_change(session)
        try:
            cancel_session(session=session, user=request.user, reason=form.cleaned_data["reason"])
        except SeatRefused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"已取消“{session}”，正在通知{told}位报名人。")
            return redirect("seats:event", session.event_id)
    return _ask(request, session, form)


def _ask(request: HttpRequest, session: Session, form: CancelForm) -> HttpResponse:
    context = {
        **frame("取消场次", SESSIONS, icon="date", event=session.event),
        "session": session,
        "form": form,
        "told": told_of_change(session),
    }
    status = 422 if form.is_bound else 200
    return render(request, "openday/desk/cancel_session.html", context, status=status)


def _session(request: HttpRequest, pk: int) -> Session:
    """The session, if it stands and its unit is one where the user sets seats up; else 404."""
    return get_object_or_404(sessions_for(request.user, SEATS), pk=pk, cancelled_at=None)


def _changed(request: HttpRequest, form: SessionForm) -> HttpResponse:
    session: Session = form.instance
    if form.moved and form.told:
        messages.success(request, f"已修改“{session}”，正在通知{form.told}位报名人。")
    else:
        messages.success(request, f"已修改“{session}”。")
    return redirect("seats:event", session.event_id)


def _fill(request: HttpRequest) -> bool:
    """The button that only computes the times."""
    return "fill" in request.POST


def _form(
    request: HttpRequest,
    event: EventPage,
    form: SessionForm,
    title: str,
    session: Session | None = None,
) -> HttpResponse:
    if _fill(request):
        form = _filled(form)
    context = {
        **frame(title, SESSIONS, icon="date", event=event),
        "event": event,
        "session": session,
        "form": form,
        "media": form.media,
    }
    status = 422 if form.is_bound and not _fill(request) else 200
    return render(request, "openday/desk/session.html", context, status=status)


def _filled(form: SessionForm) -> SessionForm:
    """As typed, with the derived times computed; nothing is saved and nothing complained of."""
    form.is_valid()
    initial = {name: form[name].value() for name in form.fields}
    computed = {name: form.cleaned_data.get(name) for name in DERIVED}
    initial |= {name: moment for name, moment in computed.items() if moment}
    initial["computed_from"] = form.cleaned_data.get("starts_at")
    told = form.told
    return SessionForm(instance=form.instance, initial=initial, told=told)


def _editor(request: HttpRequest, event: EventPage) -> str:
    """The page's editor, for who may open it."""
    if not event.permissions_for_user(request.user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[event.pk])
