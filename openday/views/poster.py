from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openday.models import EventPage
from openday.models.event_list import filled
from openday.views.qr import qr_code


def show_poster(request: HttpRequest, event: EventPage) -> HttpResponse:
    """A sheet of A4 to print and put up, with the event's permanent address as a QR code."""
    filled([event])
    address, sessions, now = event.full_url or "", event.standing_sessions, timezone.now()
    context = event.get_context(request) | {
        "address": address,
        "qr": qr_code(address),
        "sessions": sessions,
        "is_open": any(now < session.registration_closes_at for session in sessions),
        "contacts": event.contacts.all(),
    }
    return render(request, "openday/poster.html", context)
