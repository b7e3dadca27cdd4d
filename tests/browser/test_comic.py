"""Reading a comic: on a phone, by keyboard, without JavaScript, and what sixty panels weigh."""

import io
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.images import ImageFile
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Page, expect
from wagtail.images import get_image_model

from interpretations.models import InterpretationPage
from tests.factories.explaining import comic, make_interpretation, panel, question, questions
from tests.factories.interpretations import make_policy

NewPage = Callable[..., Page]
SHOTS = os.environ.get("SHOTS")
DIFFERENT, PANELS = 20, 60
LIMIT = 1_500_000
IN_VIEW = """(number) => {
  const box = document.querySelectorAll("[data-comic-panel]")[number].getBoundingClientRect();
  return Math.abs(box.left) < 40 && box.top < innerHeight && box.bottom > 0;
}"""
LOADED = """() => [...document.querySelectorAll(".comic__picture")]
  .filter((one) => one.naturalWidth).length"""


def drawn(number: int) -> Any:
    """A picture as an illustrator delivers it: 1600 × 1200, shades, lines, grain."""
    base = Image.effect_noise((1600, 1200), 18).convert("RGB")
    colours = Image.radial_gradient("L").resize((1600, 1200)).convert("RGB")
    picture = Image.blend(base, colours, 0.7)
    pen = ImageDraw.Draw(picture)
    for step in range(40):
        x, y = (step * 397 + number * 53) % 1500, (step * 211 + number * 97) % 1100
        shade = (60 + step * 4, 40 + number * 9 % 200, 200 - step * 3)
        pen.rounded_rectangle((x, y, x + 160, y + 120), 20, fill=shade, outline="#16262b", width=4)
    file = io.BytesIO()
    picture.filter(ImageFilter.SMOOTH).save(file, "JPEG", quality=92)
    name = f"panel-{number}.jpg"
    return get_image_model().objects.create(title=name, file=ImageFile(file, name=name))


@pytest.fixture
def long_comic(django_db_serialized_rollback: None, live_server: Any) -> InterpretationPage:
    """Sixty panels; publication has their sizes made by the task, which the tests run at once."""
    pictures = [drawn(number) for number in range(DIFFERENT)]
    panels = [panel(pictures[number % DIFFERENT]) for number in range(PANELS)]
    return make_interpretation(body=[comic(*panels)])


@pytest.fixture
def short_comic(django_db_serialized_rollback: None, live_server: Any) -> InterpretationPage:
    policy = make_policy()
    clause = policy.clauses[1].id
    pictures = [drawn(number) for number in range(3)]
    panels = [
        panel(picture, [clause] if not place else []) for place, picture in enumerate(pictures)
    ]
    asked = questions(question("停车收费吗？", "<p>不收。</p>", [clause]))
    return make_interpretation(policy, body=[comic(*panels), asked])


def weighed(page: Page) -> list[tuple[str, int]]:
    """Notes every answer: its type and the bytes that moved."""
    moved: list[tuple[str, int]] = []
    kinds: dict[str, str] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.responseReceived",
        lambda told: kinds.update({told["requestId"]: told["response"]["mimeType"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda told: moved.append(
            (kinds.get(told["requestId"], ""), int(told["encodedDataLength"]))
        ),
    )
    return moved


@pytest.mark.parametrize("width", [360, 1280])
def test_sixty_panels_move_little_before_anybody_scrolls(
    new_page: NewPage, long_comic: InterpretationPage, width: int
) -> None:
    page = new_page(width, device_scale_factor=2 if width == 360 else 1)
    moved = weighed(page)
    page.goto(long_comic.url or "")
    page.wait_for_load_state("networkidle")
    bytes_moved = sum(size for _kind, size in moved)
    kinds = {kind for kind, _size in moved if kind.startswith("image/") and "svg" not in kind}
    assert kinds == {"image/avif"}
    assert 1 <= page.evaluate(LOADED) <= DIFFERENT
    assert bytes_moved <= LIMIT
    page.locator("[data-comic-panel]").last.scroll_into_view_if_needed()
    last = page.locator(".comic__picture").last
    page.wait_for_function("(one) => one.naturalWidth > 0", arg=last.element_handle())
    expect(page.locator(".comic__line").last).to_be_visible()


def test_one_panel_a_screen_by_keyboard_and_by_button(
    new_page: NewPage, short_comic: InterpretationPage
) -> None:
    page = new_page(360)
    page.goto(short_comic.url or "")
    page.get_by_role("button", name="一格一屏").press("Enter")
    strip = page.get_by_role("list", name="漫画，用左右方向键翻看")
    place = page.locator("[data-comic-place]")
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text("第 2 格，共 3 格")
    strip.focus()
    for key, number in (("ArrowRight", 2), ("End", 3), ("ArrowLeft", 2), ("Home", 1)):
        strip.press(key)
        expect(place).to_have_text(f"第 {number} 格，共 3 格")
        page.wait_for_function(IN_VIEW, arg=number - 1)
    page.get_by_role("button", name="下一格").click()
    expect(place).to_have_text("第 2 格，共 3 格")
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/comic-screens-360.png")
    page.get_by_role("button", name="一格一屏").click()
    expect(page.get_by_role("button", name="下一格")).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_clause_to_the_panel_and_back(
    new_page: NewPage, short_comic: InterpretationPage, javascript: bool
) -> None:
    page = new_page(360, java_script_enabled=javascript)
    policy = short_comic.subjects.first().subject
    page.goto(policy.url)
    page.locator(".clause__link").first.click()
    panel_shown = page.locator("[data-comic-panel]").first
    expect(panel_shown).to_be_in_viewport()
    panel_shown.get_by_role("link", name="看条款").click()
    expect(page.locator(".clause:target")).to_be_in_viewport()
    page.locator(".clause__link", has_text="停车收费吗").click()
    expect(page.locator(".question:target")).to_be_in_viewport()
    page.locator(".question:target").get_by_role("link", name="看条款").click()
    expect(page.locator(".clause:target")).to_be_in_viewport()


def test_without_javascript_it_is_a_strip_with_all_its_words(
    new_page: NewPage, short_comic: InterpretationPage
) -> None:
    page = new_page(360, java_script_enabled=False)
    page.goto(short_comic.url or "")
    expect(page.get_by_role("button", name="一格一屏")).to_be_hidden()
    expect(page.locator(".comic__line")).to_have_count(3)
    page.get_by_role("button", name="没帮助").click()
    expect(page.get_by_role("heading", name="谢谢，已经记下")).to_be_visible()
    assert page.context.cookies() == []
    page.get_by_role("link", name="回到这一问").click()
    expect(page.locator(".question:target")).to_be_in_viewport()
