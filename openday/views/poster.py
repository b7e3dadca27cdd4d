from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openday.models import EventPage
from openday.models.event_list import filled
from openday.views.qr import qr_code


def show_poster(request: HttpRequest, event: EventPage) -> HttpResponse:
    """A sheet of A4 to print and put up, with the event's permanent address as a QR code."""
    filled([event])
    address = event.full_url or ""
    context = event.get_context(request) | {
        "address": address,
        "qr": qr_code(address),
        "sessions": event.standing_sessions,
        "contacts": event.contacts.all(),
    }
    return render(request, "openday/poster.html", context)
