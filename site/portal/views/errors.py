import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseServerError,
)
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)

# Not what a person typed: tokens, counters of form sets, captcha answers; and never a password.
_MACHINE_MADE = ("csrf", "password", "captcha", "altcha", "recaptcha", "key", "next", "_FORMS")
_PLAIN_500 = (
    "<!doctype html><html lang=zh-Hans><meta charset=utf-8><title>服务暂时出错</title>"
    "<h1>服务暂时出错</h1><p>请稍后再试。您填写的内容可按浏览器的“后退”键找回。</p></html>"
)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the site's frame."""
    return render(request, "404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 in the site's frame."""
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 without a look at the request: its host, its form, its cookies may be what is bad."""
    return HttpResponseBadRequest(_frame_alone(request, "400.html"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without request or database: whatever broke may break them again."""
    try:
        body = _frame_alone(request, "500.html")
    except Exception:  # the answer to an error must not be another one
        logger.exception("the page for errors failed")
        body = _PLAIN_500
    return HttpResponseServerError(body)


def _frame_alone(request: HttpRequest, template: str) -> str:
    """The page in the version that was asked for, without what the context processors ask for."""
    return loader.render_to_string(template, {"elder": getattr(request, "elder", False)})


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 that gives back what was typed, for the person to copy and send again."""
    context: dict[str, Any] = {"typed": _typed(request)}
    return render(request, "csrf_failure.html", context, status=403)


def _typed(request: HttpRequest) -> list[str]:
    """The texts of the form, in its order, without what a machine put there."""
    try:
        fields = list(request.POST.lists())
    except (UnreadablePostError, RequestDataTooBig, TooManyFieldsSent, MultiPartParserError):
        return []
    return [
        value.strip()
        for name, values in fields
        if not any(part in name for part in _MACHINE_MADE)
        for value in values
        if value.strip()
    ]
