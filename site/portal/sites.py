"""Which of Wagtail's sites a page is asked of."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

from publishing.kept import generation, kept
from publishing.view_names import PAGE, view_name


class SiteMiddleware:
    """Tells Wagtail the site of the request, and where its sites begin, from what is kept.

    Stands inside of the page cache, which begins the generation (``publishing.kept``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """For pages only. The attributes are those in which Wagtail keeps the two by itself."""
        if view_name(request) != PAGE or not generation.get():
            return
        place = (request.get_host(), request.get_port())
        site = kept("site", *place, make=lambda: Site.find_for_request(request))
        roots = kept("site roots", make=Site.get_site_root_paths)
        request._wagtail_site = site  # type: ignore[attr-defined] # Wagtail's, see above
        request._wagtail_cached_site_root_paths = roots  # type: ignore[attr-defined] # the same
