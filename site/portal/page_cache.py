"""The application's own cache of public pages.

Django's cache middleware does the work. A response is kept only when it states a max-age and is
public, sets no cookie and does not vary by one; publishing anything starts a new generation of
keys, so nobody waits for the old pages to expire.
"""

from typing import Any
from uuid import uuid4

from django.core.cache import cache, caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.cache import FetchFromCacheMiddleware, UpdateCacheMiddleware
from django.utils.cache import get_max_age, patch_cache_control

from portal.near_cache import NearCache
from publishing.kept import generation

_GENERATION = "page-generation"
_NEVER_KEPT = ("/cms/", "/django-admin/", "/healthz", "/readyz")


def forget_pages() -> None:
    """Make every cached page unreachable once the transaction is committed: something changed."""
    transaction.on_commit(lambda: cache.set(_GENERATION, uuid4().hex, None))


def _generation() -> str:
    """The name of the current generation; a cache that lost it begins a new one. Empty while the
    cache is away: then nobody could tell old from new."""
    known = cache.get(_GENERATION)
    if known is None:
        cache.add(_GENERATION, uuid4().hex, None)
        known = cache.get(_GENERATION, "")
    return str(known)


class _OfOneGeneration:
    """The middlewares' ``key_prefix``: the generation in which the request came in; and their
    ``cache``, near as long as there is a generation to tell old from new."""

    cache_alias: str

    @property
    def cache(self) -> Any:
        far = caches[self.cache_alias]
        return NearCache(far) if generation.get() else far

    @property
    def key_prefix(self) -> str:
        return f"pages-{generation.get()}"

    @key_prefix.setter
    def key_prefix(self, value: str) -> None:
        """Set by Django's constructor from the settings; the generation takes its place."""


class PageCacheUpdateMiddleware(_OfOneGeneration, UpdateCacheMiddleware):
    """Keeps public pages. Stands outside of the session, so it never sees whose request it was."""

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponse:
        control = response.get("Cache-Control", "")
        varies = "cookie" in response.get("Vary", "").lower()
        if "public" in control and not varies and not response.cookies and generation.get():
            super().process_response(request, response)
        generation.set("")
        return response


class PageCacheFetchMiddleware(_OfOneGeneration, FetchFromCacheMiddleware):
    """Answers from the cache before sessions, sign-in or the database are touched."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if request.path_info.startswith(_NEVER_KEPT):
            return None
        # Once, when the request comes in: a page that was made before a publication and is stored
        # after it lands among the old ones.
        generation.set(_generation())
        response = super().process_request(request)
        if response is not None:
            _state_what_remains(response)
        return response


def _state_what_remains(response: HttpResponse) -> None:
    """Lower max-age by the age: a proxy that ignores Age would keep the page past its turn."""
    remaining = (get_max_age(response) or 0) - int(response.get("Age", "0"))
    patch_cache_control(response, max_age=max(0, remaining))
    del response["Age"]
