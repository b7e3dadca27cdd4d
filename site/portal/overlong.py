"""Numbers that no column holds, where Wagtail's own screens would fail at them.

Our own addresses say ``<id:…>`` (``publishing.ids``); Wagtail's take any number, and SQLite has no
integer of more than 64 bits.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

from publishing.ids import parse_id
from publishing.view_names import CHOSEN_ROWS, view_name


class OverlongMiddleware:
    """404 for an address with such a number, 400 for what the choosers of rows can't read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> None:
        if any(isinstance(value, int) and parse_id(value) is None for value in kwargs.values()):
            raise Http404
        chosen = request.GET.getlist("id") if view_name(request) in CHOSEN_ROWS else []
        if any(parse_id(written) is None for written in chosen):
            raise BadRequest
