"""Seats are no part of a page's revision: pages that show them are told of a change."""

from wagtail.contrib.frontend_cache.utils import purge_page_from_cache

from openday.models import EventPage


def show_anew(event: EventPage) -> None:
    """Let no cache go on with what it has of the event, once the transaction is committed."""
    if event.live:
        purge_page_from_cache(event)
