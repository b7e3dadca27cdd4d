"""What Wagtail calls when a page is published or taken off."""

from collections.abc import Iterable

from wagtail.contrib.frontend_cache.backends.base import BaseBackend

from portal.page_cache import forget_pages


class AllPagesBackend(BaseBackend):
    """Forgets every cached page, not only the one that changed: lists, the front page, a draft
    whose result came out and the feed show it too. The next visitors fill the cache again."""

    def purge(self, url: str) -> None:
        forget_pages()

    def purge_batch(self, urls: Iterable[str]) -> None:
        forget_pages()
