"""What wraps every request: an id for the logs, the admin's looser policy, the elder version."""

import uuid
from collections.abc import Callable
from contextvars import ContextVar

from csp.constants import SELF, UNSAFE_INLINE
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from publishing.elder import ELDER_PREFIX, elder_prefix, script_prefix

Handler = Callable[[HttpRequest], HttpResponse]

NOT_ELDER = ("/cms/", "/django-admin/", "/healthz", "/readyz")
"""What is for staff and machines has no elder version: proxies guard its one address."""

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Gives each request an id that stands in its log lines and in the answer's X-Request-ID."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex[:16])
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class ReadableBodyMiddleware:
    """400 for a body that says of itself what nobody can read: a length that is no number, letters
    in another code than UTF-8. Django fails at some of them; no browser sends them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if charset.strip().lower() != "utf-8" or not str(length).isdecimal():
            raise BadRequest
        return self.get_response(request)


class TextGZipMiddleware(GZipMiddleware):
    """Packs text. A part of a film must stay the bytes that were asked for, and pictures and films
    are packed already."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        if response.has_header("Accept-Ranges") or kind.startswith(("video/", "image/jpeg")):
            return response
        return super().process_response(request, response)


class AdminPolicyMiddleware:
    """Lets Wagtail's admin run its inline scripts and styles; the public pages stay strict."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(("/cms/", "/django-admin/")):
            loose = {
                "script-src": [UNSAFE_INLINE],
                "style-src": [UNSAFE_INLINE],
                # Pictures are shown from the browser's memory while they are uploaded.
                "img-src": ["blob:"],
                # The previews of pages and blocks are frames of our own.
                "frame-src": [SELF],
            }
            response._csp_update = loose  # type: ignore[attr-defined] # django-csp's own hook
        return response


class ElderVersionMiddleware:
    """Serves the whole site a second time below /elder/, larger, without cookies or scripts.

    The prefix is taken off as a server takes off SCRIPT_NAME, so every address that a page makes
    carries it on, and a cache keeps the two versions apart by their addresses alone (rule E1).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.elder = False  # type: ignore[attr-defined] # read by portal.context
        below = request.path_info.removeprefix(ELDER_PREFIX)
        if below == request.path_info or not below.startswith("/") or below.startswith(NOT_ELDER):
            return self.get_response(request)
        request.elder = True  # type: ignore[attr-defined] # read by portal.context
        request.path_info = below
        with script_prefix(elder_prefix()):
            response = self.get_response(request)
            if hasattr(response, "render"):
                response.render()
            return response
