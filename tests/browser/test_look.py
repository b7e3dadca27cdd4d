"""What the public pages look like to a machine: type, budgets, the elder version, print."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from consultation.enums import Outcome, Phase
from portal.models import HomePage
from publishing.clauses.clause import Row
from tests.browser.public_information import how_to_take_part
from tests.factories.consultation import (
    make_clauses,
    make_draft,
    make_home,
    make_opinion,
    make_response,
    make_result,
)

WIDTHS = (320, 360, 1280)
# Contrast of 7:1 is not among axe's defaults.
AXE_OPTIONS = {"rules": {"color-contrast-enhanced": {"enabled": True}}}

pytestmark = pytest.mark.slow


@pytest.fixture
def addresses(new_context: object) -> dict[str, str]:
    """The addresses of one page of some kinds."""
    make_home().add_child(instance=how_to_take_part())
    answered = make_draft(Phase.ANSWERED)
    *clauses, table = make_clauses(12)
    wide = replace(table, rows=(Row(tuple("甲乙丙丁"), header=True), Row((*"一二三", "长" * 60))))
    return {
        "home": HomePage.objects.get().url,
        "draft": make_draft(clauses=[*clauses, wide]).url,
        "result": answered.result.url,
        "information": "/how/",
    }


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
    above = page.locator(".clause").first.evaluate(
        """(clause) => {
          const tools = clause.querySelector(".clause__tools");
          tools.innerHTML = '<span class="speak-mark__count">3条意见</span>';
          const top = (part) => part.getBoundingClientRect().top;
          return top(clause.querySelector(".clause__line")) - top(tools.firstChild);
        }"""
    )
    assert above <= 4, "once the period is over, the count stands beside its clause, not above it"
    page.set_viewport_size({"width": 360, "height": 800})
    cell = page.locator(".clause td").last.evaluate("(cell) => cell.clientWidth")
    assert cell / size >= 12, "a column of two characters can't be read"


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
    page.set_viewport_size({"width": 320, "height": 800})
    tools = page.locator(".site-header .tool").all()
    assert len({round(tool.bounding_box()["y"]) for tool in tools}) == 1
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


def test_a_clause_without_a_note_has_no_mark_in_forced_colours(
    new_page: Callable[..., Page], addresses: dict[str, str]
) -> None:
    page = new_page(360, forced_colors="active")
    page.goto(addresses["draft"])
    page.locator(".clause").first.evaluate("(clause) => clause.classList.add('clause--noted')")
    noted, plain, ground = page.evaluate(
        """() => [...document.querySelectorAll(".clause")].slice(0, 2)
          .map((clause) => getComputedStyle(clause).borderInlineStartColor)
          .concat(getComputedStyle(document.body).backgroundColor)"""
    )
    assert (noted == ground, plain == ground) == (False, True)


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
    decided = make_draft(Phase.CLOSED)
    make_response([make_opinion(decided), make_opinion(decided)], outcome=Outcome.ADOPTED)
    page.goto(make_result(decided).url)
    expect(page.get_by_text("看原文")).to_be_hidden()


@pytest.mark.parametrize(
    ("prefix", "width", "is_open"),
    [
        ("", 1280, True),
        ("", 900, False),
        ("/elder", 1280, False),
        ("/elder", 1500, True),
    ],
)
def test_contents_lie_open_only_beside_the_text(
    new_page: Callable[..., Page],
    addresses: dict[str, str],
    prefix: str,
    width: int,
    is_open: bool,
) -> None:
    """Open below the text they would cover half of the window."""
    page = new_page(width)
    page.goto(prefix + addresses["draft"])
    assert page.locator(".toc__list").is_visible() is is_open
    page.set_viewport_size({"width": 700, "height": 800})
    expect(page.locator(".toc__list")).to_be_hidden()


@pytest.mark.parametrize("size", [(320, 256), (1280, 500)], ids=["zoomed-in", "beside"])
def test_contents_never_move_the_text(new_page: Callable[..., Page], size: tuple[int, int]) -> None:
    """Who reads at 400 % was thrown back to the contents with each part that came into view."""
    draft = make_draft(Phase.OPEN, clauses=make_clauses(60))
    page = new_page(1280)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(draft.url)
    for part in (".clause >> nth=20", ".clause >> nth=40", ".site-footer"):
        shown = page.locator(part)
        shown.evaluate("(part) => part.scrollIntoView({ block: 'start' })")
        where = page.evaluate("scrollY")
        page.wait_for_timeout(300)
        assert page.evaluate("scrollY") == where
        marked = page.locator(".toc__link[aria-current]")
        expect(marked).to_have_count(1)
        if size[0] > 1000 and part != ".site-footer":
            expect(marked).to_be_in_viewport()
