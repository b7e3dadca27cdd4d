"""What makes cached pages be forgotten besides the house's own steps."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.frontend_cache.backends.base import BaseBackend

from portal.page_cache import forget_pages
from publishing.view_names import BULK, CONFIRM_MOVE, SET_PRIVACY, SITE_SETTINGS, view_name

_CHANGING = {*SET_PRIVACY, CONFIRM_MOVE, BULK, SITE_SETTINGS}


class AllPagesBackend(BaseBackend):
    """What Wagtail calls when a page is published or taken off.

    Forgets every cached page, not only the one that changed: lists, the front page, a draft
    whose result came out and the feed show it too. The next visitors fill the cache again."""

    def purge(self, url: str) -> None:
        forget_pages()

    def purge_batch(self, urls: Iterable[str]) -> None:
        forget_pages()


class PrivacyMiddleware:
    """Forgets the pages when staff make one private, or public again, or move it below one that is,
    or change what stands around all of them: Wagtail's purging is called by none of these."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and view_name(request) in _CHANGING:
            forget_pages()
        return response
