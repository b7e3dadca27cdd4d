"""A real Chromium on a real server (the fixture ``browser`` is in tests/conftest.py)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

HEIGHT = 800


@pytest.fixture
def new_context(
    browser: Browser, django_db_serialized_rollback: None, live_server: Any
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts (a person's browser with its memory) that know the server's address.

    ``width`` in CSS pixels; more as Playwright's ``new_context``: ``java_script_enabled=False``,
    ``forced_colors="active"`` … Fails the test if any of its pages broke the content security
    policy or threw.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def make(width: int = 1280, **options: Any) -> BrowserContext:
        viewport = {"width": width, "height": HEIGHT}
        context = browser.new_context(base_url=live_server.url, viewport=viewport, **options)
        context.on("page", lambda page: _watch(page, problems))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Makes a page in a context of its own; takes what ``new_context`` takes."""
    return lambda *args, **options: new_context(*args, **options).new_page()


def _watch(page: Page, problems: list[str]) -> None:
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: (
            problems.append(f"{page.url}: {message.text}")
            if "Content Security Policy" in message.text
            else None
        ),
    )
