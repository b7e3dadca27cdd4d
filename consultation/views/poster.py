import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from consultation.models import DecisionDraftPage


def show_poster(request: HttpRequest, draft: DecisionDraftPage) -> HttpResponse:
    """A sheet of A4 to print and put up, with the draft's permanent address as a QR code."""
    address = draft.full_url or ""
    context = draft.get_context(request) | {
        "address": address,
        "qr": _qr(address),
        "ways": draft.ways.all(),
        "contacts": draft.contacts.all(),
    }
    return render(request, "consultation/poster.html", context)


def _qr(address: str) -> SafeString:
    """The code as inline SVG, at a quarter's error correction: paper on a wall gets dirty.

    segno draws it from numbers alone; the address is not in its markup.
    """
    svg = segno.make(address, error="q", micro=False).svg_inline(
        border=2, omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 - markup of our own making, without anybody's text
