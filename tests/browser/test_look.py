"""What the public pages look like to a machine: axe, targets, type, budgets, the elder version."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Page, Response

from consultation.enums import Outcome, Phase
from portal.models import HomePage, InformationPage
from publishing.clauses.blocks import raw_stream
from tests.factories.consultation import (
    make_clauses,
    make_draft,
    make_home,
    make_opinion,
    make_response,
    make_result,
    publish_again,
)

WIDTHS = (320, 360, 1280)
# Contrast of 7:1 is not among axe's defaults.
AXE_OPTIONS = {"rules": {"color-contrast-enhanced": {"enabled": True}}}

pytestmark = pytest.mark.slow


def how_to_take_part() -> InformationPage:
    return InformationPage(
        title="怎样参与",
        slug="how",
        introduction="三步。",
        body="<h2>看草案</h2><p>读全文。</p><ul><li>可以打电话。</li></ul>",
        show_in_menus=True,
    )


@pytest.fixture
def addresses(new_context: object) -> dict[str, str]:
    """The addresses of one page of each kind, with something on it and with nothing."""
    make_home().add_child(instance=how_to_take_part())
    clauses = make_clauses(12)
    opened = make_draft(Phase.OPEN, clauses=clauses)
    make_opinion(opened)
    rewritten = replace(clauses[2], text="测试条款二：周日也开放。")
    body = [*clauses[:2], rewritten, *clauses[4:]]
    publish_again(opened, body=raw_stream(body))
    decided = make_draft(Phase.CLOSED)
    for outcome, number in ((Outcome.ADOPTED, 2), (Outcome.NOT_ADOPTED, 1)):
        make_response([make_opinion(decided) for _ in range(number)], outcome=outcome)
    result = make_result(decided)
    nothing = make_draft(Phase.ANSWERED)
    column = opened.get_parent().get_parent()
    return {
        "home": HomePage.objects.get().url,
        "column": column.url,
        "column, nothing found": f"{column.url}?phase=overdue",
        "draft": opened.url,
        "draft, answered": nothing.url,
        "draft, first version": f"{opened.url}versions/1/",
        "draft, redline": f"{opened.url}versions/2/",
        "draft, all of the redline": f"{opened.url}versions/2/?all=1",
        "draft, versions": f"{opened.url}versions/",
        "poster": f"{opened.url}poster/",
        "speaking": f"{opened.url}opinion/",
        "speaking too late": f"{decided.url}opinion/",
        "look-up": "/lookup/",
        "result": result.url,
        "result of zero opinions": nothing.result.url,
        "information": "/how/",
        "search": "/search/?q=测试",
        "search, nothing found": "/search/?q=没有这样的词",
        "site map": "/sitemap/",
        "not found": "/nowhere/",
        "style guide": "/styleguide/",
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("prefix", ["", "/elder"], ids=["standard", "elder"])
def test_nothing_to_object_to(
    new_page: Callable[..., Page], addresses: dict[str, str], width: int, prefix: str
) -> None:
    """Axe, sideways scrolling, and the size of what is to be hit; 320 px is 1280 at 400 %."""
    page = new_page(width)
    with override_settings(DEMO=True):
        found = {name: objections(page, prefix + url) for name, url in addresses.items()}
    assert found == {name: [] for name in addresses}


def test_nothing_to_object_to_in_forced_colours(
    new_page: Callable[..., Page], addresses: dict[str, str]
) -> None:
    page = new_page(360, forced_colors="active")
    with override_settings(DEMO=True):
        found = {name: objections(page, url) for name, url in addresses.items()}
    assert found == {name: [] for name in addresses}


def objections(page: Page, url: str) -> list[str]:
    """What axe and our own measures find on the page, one line each."""
    page.goto(url)
    response = Axe().run(page, options=AXE_OPTIONS).response
    found = [
        f"{violation['id']}: {node['target']}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found + page.evaluate(TOO_SMALL, 60 if "/elder" in url else 48)


# Links in running text and boxes whose label is the target are not to be measured (WCAG 2.5.8).
TOO_SMALL = """(least) =>
  [...document.querySelectorAll("a, button, summary, select, textarea, input")]
    .filter((target) => target.checkVisibility() && !target.closest(".visually-hidden, .skip-link"))
    .filter((target) => getComputedStyle(target).display !== "inline")
    .filter((target) => !["checkbox", "radio", "hidden"].includes(target.type))
    .map((target) => [target.getBoundingClientRect().height, target.outerHTML.slice(0, 90)])
    .filter(([height]) => height < least - 0.5)
    .map(([height, html]) => `${height} px: ${html}`)
"""


@pytest.mark.parametrize(
    ("prefix", "size", "longest"), [("", 18, 40), ("/elder", 24, 30)], ids=["standard", "elder"]
)
def test_type(
    new_page: Callable[..., Page],
    addresses: dict[str, str],
    prefix: str,
    size: int,
    longest: int,
) -> None:
    page = new_page(1280)
    page.goto(prefix + addresses["draft"])
    style = page.locator(".clause__line").first.evaluate(
        """(line) => {
          const style = getComputedStyle(line);
          const size = parseFloat(style.fontSize);
          return [size, parseFloat(style.lineHeight) / size, line.clientWidth / size];
        }"""
    )
    assert style[0] == size
    assert round(style[1], 2) == 1.8
    assert 25 <= style[2] <= longest


def test_budgets(new_page: Callable[..., Page]) -> None:
    """A draft of 5,000 characters: bytes as a server sends them compressed, and requests."""
    draft = make_draft(Phase.OPEN, clauses=make_clauses(130))
    text = "".join(clause.full_text for clause in draft.clauses)
    assert 4_900 < len(text) < 5_600
    page = new_page(360)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(draft.url, wait_until="networkidle")
    sizes = {response.url: len(gzip.compress(response.body())) for response in responses}
    assert len(sizes) <= 8
    assert sum(sizes.values()) <= 90_000
    assert total(sizes, "css") <= 14_000
    assert total(sizes, "js") <= 12_000
    assert foreign(sizes, page.url) == []


def total(sizes: dict[str, int], kind: str) -> int:
    """Bytes of one kind of file; there is at least one."""
    of_kind = [size for url, size in sizes.items() if re.search(rf"\.{kind}(\?|$)", url)]
    assert of_kind
    return sum(of_kind)


def foreign(urls: Any, own: str) -> list[str]:
    """The addresses on another host than the page's."""
    host = own.split("/")[2]
    return [url for url in urls if not url.startswith(("data:", f"http://{host}/"))]


def test_elder_version_is_remembered_without_a_cookie(
    new_page: Callable[..., Page], addresses: dict[str, str]
) -> None:
    page = new_page(360)
    page.goto(addresses["home"])
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    assert page.evaluate(size) == 18
    page.get_by_role("link", name="大字版").click()
    assert page.evaluate(size) == 24
    page.goto(addresses["result"])
    assert page.evaluate(size) == 24
    assert page.context.cookies() == []
    page.get_by_role("link", name="标准版").click()
    page.goto(addresses["home"])
    assert page.evaluate(size) == 18


def test_elder_version_is_large_before_it_is_drawn(
    new_page: Callable[..., Page], addresses: dict[str, str]
) -> None:
    """No flash of small type: the class stands when the body begins."""
    page = new_page(360)
    page.goto(addresses["home"])
    page.get_by_role("link", name="大字版").click()
    page.add_init_script(
        """new MutationObserver((changes, observer) => {
          if (!document.body) return;
          window.atBody = document.documentElement.classList.contains("elder");
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.goto(addresses["home"])
    assert page.evaluate("window.atBody") is True


def test_elder_version_without_scripts(
    new_page: Callable[..., Page], addresses: dict[str, str]
) -> None:
    page = new_page(360, java_script_enabled=False)
    page.goto(addresses["home"])
    page.get_by_role("link", name="大字版").click()
    assert page.url.endswith("/elder/")
    page.get_by_role("link", name="全部草案").click()
    assert "/elder/drafts/" in page.url
    page.get_by_role("link", name="标准版").click()
    assert "/elder/" not in page.url


def test_keyboard_reaches_the_text_first(
    new_page: Callable[..., Page], addresses: dict[str, str]
) -> None:
    page = new_page(1280)
    page.goto(addresses["result"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null") is True


def test_menu_opens_without_scripts(
    new_page: Callable[..., Page], addresses: dict[str, str]
) -> None:
    page = new_page(320, java_script_enabled=False)
    page.goto(addresses["home"])
    link = page.get_by_role("navigation", name="主要栏目").get_by_role("link", name="怎样参与")
    assert not link.is_visible()
    page.locator("summary", has_text="栏目").click()
    link.click()
    assert page.url.endswith("/how/")


def test_reading_aloud_is_offered_where_the_browser_can(
    new_page: Callable[..., Page], addresses: dict[str, str]
) -> None:
    page = new_page(360)
    page.goto(addresses["information"])
    assert page.get_by_role("button", name="朗读全文").is_visible()
    page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
    page.goto(addresses["information"])
    assert not page.get_by_role("button", name="朗读全文").is_visible()


def test_print_leaves_out_what_only_a_screen_can_use(
    new_page: Callable[..., Page], addresses: dict[str, str]
) -> None:
    page = new_page(1280)
    page.goto(addresses["draft"])
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator(".clause__line").first.is_visible()
    for gone in (".site-tools", ".menu__list", ".speak-mark", ".read-aloud", ".crumbs"):
        assert not page.locator(gone).first.is_visible()
