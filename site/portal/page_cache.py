"""The application's own cache of public pages, and a Redis cache that may be down.

Django's cache middleware does the work. A response is kept only when it states a max-age and is
public, sets no cookie and does not vary by one; publishing anything starts a new generation of
keys, so nobody waits for the old pages to expire.
"""

import logging
from typing import Any

from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.http import HttpRequest, HttpResponse
from django.middleware.cache import FetchFromCacheMiddleware, UpdateCacheMiddleware
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
GENERATION = "page-generation"


def forget_pages() -> None:
    """Make every cached page unreachable: something public has changed."""
    try:
        cache.incr(GENERATION)
    except ValueError:
        cache.set(GENERATION, 1, None)


def _prefix() -> str:
    return f"pages-{cache.get(GENERATION, 0)}"


class PageCacheUpdateMiddleware(UpdateCacheMiddleware):
    """Keeps public pages. Stands outside of the session, so it never sees whose request it was."""

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponse:
        control = response.get("Cache-Control", "")
        varies = "cookie" in response.get("Vary", "").lower()
        if "public" not in control or varies or response.cookies:
            return response
        return super().process_response(request, response)  # type: ignore[return-value] # the same object

    @property
    def key_prefix(self) -> str:
        return _prefix()

    @key_prefix.setter
    def key_prefix(self, value: str) -> None:
        """Set by Django's constructor from the settings; the generation takes its place."""


class PageCacheFetchMiddleware(FetchFromCacheMiddleware):
    """Answers from the cache before sessions, sign-in or the database are touched."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if request.path_info.startswith(("/cms/", "/django-admin/")):
            return None
        return super().process_request(request)

    @property
    def key_prefix(self) -> str:
        return _prefix()

    @key_prefix.setter
    def key_prefix(self, value: str) -> None:
        """Set by Django's constructor from the settings; the generation takes its place."""


class ForgivingRedisCache(RedisCache):
    """A Redis cache whose absence costs speed, never a page: reads miss, writes are dropped."""

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError:
            logger.warning("cache unavailable")
            return default

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except RedisError:
            logger.warning("cache unavailable")

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        try:
            return super().incr(key, delta, version)
        except RedisError:
            logger.warning("cache unavailable")
            return 0
