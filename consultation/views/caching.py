"""How long caches may keep what is no page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from consultation.periods import seconds_to_midnight

MAX_AGE = 300

View = Callable[..., HttpResponse]


def kept_until_midnight(view: View) -> View:
    """Let caches keep the answer for five minutes, but not past the day in which it is true."""

    @wraps(view, updated=())
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=min(MAX_AGE, seconds_to_midnight()))
        return response

    return wrapped
