"""Numbers that no column holds, where Wagtail's own screens would fail at them.

Our own addresses say ``<id:…>`` (``publishing.ids``); Wagtail's take any number, and SQLite has no
integer of more than 64 bits.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

from publishing.ids import parse_id
from publishing.view_names import (
    ADMIN,
    CHOOSES_IMAGES,
    CHOSEN_ROW,
    CHOSEN_ROWS,
    SIGN_IN,
    view_name,
)


class OverlongMiddleware:
    """404 for an address with such a number, 400 for what Wagtail's screens can't read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> None:
        if any(isinstance(value, int) and parse_id(value) is None for value in kwargs.values()):
            raise Http404
        name = view_name(request)
        if name in CHOSEN_ROW and parse_id(kwargs["pk"]) is None:
            raise Http404
        if _is_senseless(request, name):
            raise BadRequest


def _is_senseless(request: HttpRequest, name: str) -> bool:
    """What no screen asks for, and at which the view, or PostgreSQL, would fail."""
    asked = request.GET
    if name in CHOSEN_ROWS and any(parse_id(one) is None for one in asked.getlist("id")):
        return True
    if name in CHOOSES_IMAGES and asked.get("q") and asked.get("tag"):
        return True
    if name == SIGN_IN and not asked.get("next", "/").startswith("/"):
        return True
    in_admin = name.startswith(ADMIN)
    return in_admin and any("\0" in word for _name, words in asked.lists() for word in words)
