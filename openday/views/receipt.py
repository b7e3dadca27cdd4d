from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openday.enums import State
from openday.forms.lookup import RegistrationTokenForm
from openday.models import Registration, Session
from openday.notices import told_by
from openday.services.checking_in import pass_of
from openday.views.qr import qr_code
from people.codes import format_code


def show_receipt(
    request: HttpRequest, session: Session, registration: Registration
) -> HttpResponse:
    """The receipt, straight as the answer to the POST: its code stands in no address."""
    registration.session = session
    contact = registration.contact
    context = session.event.get_context(request) | standing(registration)
    context |= {
        "number": registration.receipt.number,
        "code": format_code(registration.receipt.code),
        "email": contact.masked_email if settings.NOTIFY_EMAIL else "",
    }
    return render(request, "openday/receipt.html", context)


def standing(registration: Registration) -> dict[str, Any]:
    """Where a registration stands, for its receipt and its page alike."""
    seated = registration.state == State.CONFIRMED and not registration.session.is_over
    return {
        "row": registration,
        "session": registration.session,
        "event": registration.session.event,
        "place_in_line": registration.place_in_line,
        "qr": qr_code(pass_of(registration)) if seated else "",
        "seated": seated,
        "told_by": told_by(registration) if registration.state == State.WAITLISTED else "",
        "token": RegistrationTokenForm.token_for(registration),
    }
