"""What happens where personal data can't be decrypted: a page that says so, and one line in the
log. The cause is nearly always PEOPLE_KEYS without the key of older rows."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.log import log_response

from people.encryption import Unreadable

_STAFF = ("/cms/", "/django-admin/")


class UnreadableMiddleware:
    """Answers 503 in place of the page that needed what can't be read; nothing was changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Unreadable):
            return None
        response = unreadable(request)
        log_response(
            "personal data can't be decrypted: check PEOPLE_KEYS",
            response=response,
            request=request,
            level="error",
        )
        return response


def unreadable(request: HttpRequest) -> HttpResponse:
    """503; staff read what to check, the public what to do meanwhile."""
    context = {
        "elder": getattr(request, "elder", False),
        "for_staff": request.path_info.startswith(_STAFF),
    }
    body = loader.render_to_string("503.html", context)
    return HttpResponse(body, status=503, headers={"Cache-Control": "no-store"})
