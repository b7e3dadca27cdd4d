"""A real Chromium on a real server. Skipped where there is no Chromium (CHROMIUM names it).

Playwright's synchronous API keeps an event loop running in the thread of the tests, at which
Django refuses the database to it. That guard is against blocking a loop that serves others; this
one serves nobody but the waiting test, so the guard is lifted for this folder.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHT = 800


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of the folder."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("no Chromium; name one in CHROMIUM")
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


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
