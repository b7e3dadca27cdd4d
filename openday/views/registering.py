"""Taking a registration: the form, the refusals that keep what was typed, the receipt."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openday.enums import Origin
from openday.forms.registering import RegistrationForm, form_for
from openday.models import EventPage, Registration, Session
from openday.models.event_list import counted_sessions
from openday.refusals import NoSeatLeft, RegistrationClosed, SeatRefused
from openday.services.looking import glimpse
from openday.services.registering import Entry, window_message
from openday.services.registering import register as give_seat
from openday.views.receipt import show_receipt
from people.addresses import client_address
from people.models import PrivacyNotice
from people.phones import is_person
from people.receipts import NumbersExhausted
from people.throttle import TooMany, check_limits
from publishing.kept import kept

NO_NOTICE = "网上报名暂未开通：还没有公布个人信息保护告知。请打联系电话报名。"
CROWDED = "今天的报名编号几乎用完，请明天再报名，或打联系电话报名。"
FULL = "这一类的名额和候补都已满，不能再报名。可以选择其他类别。"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, event: EventPage, session: int) -> HttpResponse:
    """The page of the form, and the answer to it. Replays get the receipt that is there."""
    found = get_object_or_404(Session, pk=session, event=event.pk)
    found.event = event
    notice = _current_notice()
    if notice is None or not found.takes_registrations():
        return _show_again(request, found) or _show_closed(request, found, notice)
    form = form_for(found, notice, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _show_form(request, found, form)
    valid = form.is_valid()
    again = None if valid and not form.passed_before else _show_again(request, found)
    if valid:
        return again or _answer(request, found, form)
    return again or _show_form(request, found, form, status=422)


def _current_notice() -> PrivacyNotice | None:
    """The notice in force, by the clock; which ones there are is kept (``publishing.kept``)."""
    notices = kept("notices", make=lambda: list(PrivacyNotice.objects.latest_first()))
    return next((notice for notice in notices if notice.in_force), None)


def _show_again(request: HttpRequest, session: Session) -> HttpResponse | None:
    """The receipt of what this very form has sent: a double click, or an answer that was lost."""
    try:
        key = uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return None
    rows = session.registrations.filter(idempotency_key=key, origin=Origin.WEB)
    sent = rows.select_related("receipt", "contact", "group__audience").first()
    if sent is None or not is_person(sent.person_key, request.POST.get("phone", "")):
        return None
    return show_receipt(request, session, sent)


def _answer(request: HttpRequest, session: Session, form: RegistrationForm) -> HttpResponse:
    """The receipt, or why not; the form keeps what was typed."""
    try:
        return show_receipt(request, session, _take(request, form))
    except TooMany as refusal:
        again = _show_again(request, session)
        response = again or _refuse(request, session, form, refusal.message, status=429)
        if again is None:
            response["Retry-After"] = str(refusal.retry_after)
        return response
    except RegistrationClosed as refusal:
        return _show_closed(request, session, form.notice, message=refusal.message)
    except SeatRefused as refusal:
        again = _show_again(request, session)
        return again or _refuse(request, session, form, refusal.message, field=refusal.field)
    except NumbersExhausted:
        return _refuse(request, session, form, CROWDED, status=503)


def _take(request: HttpRequest, form: RegistrationForm) -> Registration:
    """Count the attempt, then write. What passed without a script waits for a look (design.md)."""
    check_limits(
        action="register",
        address=client_address(request),
        person_key=form.person_key,
        strict=form.held_for_review,
    )
    if glimpse(form.chosen).is_full:
        raise NoSeatLeft(FULL, field="group")
    return give_seat(
        group=form.chosen,
        applicant=form.applicant,
        idempotency_key=form.cleaned_data["idempotency_key"],
        entry=Entry(held_for_review=form.held_for_review, invitation=form.invitation_code),
        notice=form.notice,
    )


def _refuse(
    request: HttpRequest,
    session: Session,
    form: RegistrationForm,
    message: str,
    *,
    status: int = 422,
    field: str | None = None,
) -> HttpResponse:
    form.add_error(field if field in form.fields else None, message)
    return _show_form(request, session, form, status=status)


def _show_form(
    request: HttpRequest, session: Session, form: RegistrationForm, *, status: int = 200
) -> HttpResponse:
    event = session.event
    [counted] = counted_sessions(Session.objects.filter(pk=session.pk))
    free = counted.free_seats()
    groups = [
        {
            "group": group,
            "free": free.get(group.pk, 0),
            "full": glimpse(group).is_full,
            "checked": form["group"].value() == key,
        }
        for key, group in form.groups.items()
    ]
    context = event.get_context(request) | {
        "form": form,
        "session": session,
        "groups": groups,
        "conditions": event.conditions.all(),
    }
    return render(request, "openday/register.html", context, status=status)


def _show_closed(
    request: HttpRequest, session: Session, notice: PrivacyNotice | None, *, message: str = ""
) -> HttpResponse:
    """Not open: why, and what was typed, to copy."""
    posted = request.method == "POST"
    typed = form_for(session, notice or PrivacyNotice(), request.POST).typed if posted else []
    context = session.event.get_context(request) | {
        "message": message or (window_message(session) if notice else NO_NOTICE),
        "session": session,
        "typed": typed,
        "contacts": session.event.contacts.all(),
    }
    status = 503 if notice is None else 409 if posted else 200
    return render(request, "openday/closed.html", context, status=status)
