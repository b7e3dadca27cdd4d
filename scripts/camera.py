"""Takes pictures of the running demo's main pages for README and docs/. Started by screenshots.py.

Starts the demo on a free port with data of its own, walks it with Chromium as people do, and writes
docs/images/*.png in few colours: small enough to stand in the repository. Look at them afterwards.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import NamedTuple

from machine import CHROMIUM_SWITCHES, PYTHON, ROOT, find_chromium
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from services import free_port

sys.path.insert(0, str(ROOT / "site"))
from portal.demo import LOGINS

IMAGES = ROOT / "docs" / "images"
DESK, LOW_DESK, PHONE = (1280, 860), (1280, 500), (360, 740)
COLOURS = 64
DEADLINE = 180
SCROLL = """(part) => {
  part.style.scrollMarginTop = "90px";
  part.scrollIntoView({behavior: "instant"});
}"""
# Pictures that load when they come into view.
LOADED = """() => [...document.images].every((one) =>
  one.naturalWidth || !one.checkVisibility() || one.getBoundingClientRect().top > innerHeight)"""
PAINTED = 300


class Shot(NamedTuple):
    """One picture: its file's name, where it is, and in which window."""

    name: str
    address: str
    window: tuple[int, int]
    scroll_to: str = ""


def main() -> None:
    """All pictures of a fresh demo."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as address:
        take_all(address)


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """The demo with fresh data; gives its address, and ends it afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="portal-shots-") as folder:
        environment = os.environ | {
            "PORTAL_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        }
        command = [str(PYTHON), str(ROOT / "manage.py"), "demo", f"--port={port}"]
        process = subprocess.Popen(command, env=environment)
        try:
            wait_for(process, address)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    """Until the front page answers; ends with a sentence if it never does."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=10).close()  # noqa: S310 - our own address
            return
        time.sleep(0.5)
    sys.exit("演示没有启动，原因见上。")


def take_all(address: str) -> None:
    """All pictures, the public ones first."""
    with sync_playwright() as playwright:
        chromium = find_chromium()
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_SWITCHES)
        page = browser.new_page(base_url=address, locale="zh-CN")
        for shot in public_shots(page):
            take(page, shot)
        sign_in(page)
        for shot in admin_shots(page):
            take(page, shot)
        browser.close()


def public_shots(page: Page) -> list[Shot]:
    """What citizens see; the addresses are found by the links that they follow."""
    page.goto("/")
    draft = page.locator(".cards--open .card__link").first.get_attribute("href") or ""
    result = page.get_by_role("link", name="看采纳情况").first.get_attribute("href") or ""
    column = page.get_by_role("link", name="全部草案").first.get_attribute("href") or ""
    return [
        Shot("home-1280", "/", DESK),
        Shot("home-360", "/", PHONE),
        Shot("home-elder-360", "/elder/", PHONE),
        Shot("column-1280", column, DESK),
        Shot("draft-1280", draft, DESK),
        Shot("draft-360", draft, PHONE),
        Shot("clauses-1280", draft, DESK, ".clause"),
        Shot("clauses-360", draft, PHONE, ".clause"),
        Shot("clauses-elder-360", f"/elder{draft}", PHONE, ".clause"),
        Shot("speak-1280", f"{draft}opinion/", DESK),
        Shot("speak-360", f"{draft}opinion/", PHONE),
        Shot("lookup-360", "/lookup/", PHONE),
        Shot("result-1280", result, DESK),
        Shot("result-chart-1280", result, DESK, ".chart"),
        Shot("result-360", result, PHONE, ".chart"),
        *event_shots(page),
        *explaining_shots(page),
    ]


def event_shots(page: Page) -> list[Shot]:
    """Open days: the plan, one that can be signed up for, its form."""
    page.goto("/events/")
    event = page.get_by_role("link", name="走进便民服务中心").first.get_attribute("href") or ""
    page.goto(event)
    register = page.locator("a[href*='/register/']").first.get_attribute("href") or ""
    return [
        Shot("events-1280", "/events/", DESK),
        Shot("event-1280", event, DESK),
        Shot("event-360", event, PHONE),
        Shot("register-360", register, PHONE),
    ]


def explaining_shots(page: Page) -> list[Shot]:
    """A policy whose clauses lead to what explains them, and that: its comic, on a phone too."""
    page.goto("/explained/")
    explained = page.locator(".card__link").first.get_attribute("href") or ""
    page.goto(explained)
    policy = page.locator(".clause-links__one").first.get_attribute("href") or ""
    policy = policy.partition("#")[0]
    return [
        Shot("policy-1280", policy, DESK, ".clause:has(.clause__link)"),
        Shot("interpretation-1280", explained, DESK),
        Shot("comic-360", explained, PHONE, "[data-comic-panel]"),
        Shot("question-360", explained, PHONE, ".question"),
    ]


def sign_in(page: Page) -> None:
    """As the administrator, who sees every screen."""
    password = next(password for name, password, _role in LOGINS if name == "admin")
    page.goto("/cms/login/")
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill(password)
    page.locator("[type=submit]").click()
    page.wait_for_url("**/cms/")


def admin_shots(page: Page) -> list[Shot]:
    """What staff see: an opinion on a clause, and a response, that are still to be handled."""
    page.goto("/cms/opinions/?stage=pending&channel=web")
    opinion = first_address(page, "main a[href^='/cms/opinions/']", r"^/cms/opinions/\d+/$")
    page.goto("/cms/responses/?outcome=undecided")
    response = first_address(page, "main a[href^='/cms/responses/']", r"^/cms/responses/\d+/$")
    return [
        Shot("admin-home-1280", "/cms/", DESK),
        Shot("admin-opinions-1280", "/cms/opinions/", DESK),
        Shot("admin-opinion-1280", opinion, DESK),
        Shot("admin-response-1280", response, DESK),
        Shot("admin-calls-1280", "/cms/calls/", DESK),
        *seat_shots(page),
        *film_shots(page),
        *release_shots(page),
    ]


def seat_shots(page: Page) -> list[Shot]:
    """The seats' desk, and the door on a phone."""
    page.goto("/cms/sessions/")
    event = first_address(page, "main a[href^='/cms/events/']", r"^/cms/events/\d+/sessions/$")
    page.goto("/cms/check-in/")
    door = first_address(page, "main a[href^='/cms/check-in/']", r"^/cms/check-in/\d+/$")
    return [
        Shot("admin-registrations-1280", "/cms/registrations/", DESK),
        Shot("admin-seats-1280", event, DESK),
        Shot("check-in-360", door, PHONE),
    ]


def film_shots(page: Page) -> list[Shot]:
    """The films' list, and one that is ready, with its captions and transcript."""
    page.goto("/cms/media/")
    film = first_address(page, "main a[href^='/cms/media/edit/']", r"^/cms/media/edit/\d+/$")
    return [
        Shot("admin-videos-1280", "/cms/media/", (1280, 340)),
        Shot("admin-video-1280", film, DESK),
    ]


def release_shots(page: Page) -> list[Shot]:
    """An interpretation's leaflets, what became stale, and a release that waits for its time."""
    page.goto("/cms/bundles/?state=scheduled")
    release = first_address(page, "main a[href^='/cms/bundles/']", r"^/cms/bundles/\d+/$")
    stale = "/cms/interpretations/stale/"
    page.goto(stale)
    edit = first_address(page, "main a[href^='/cms/pages/']", r"^/cms/pages/\d+/edit/$")
    leaflets = f"/cms/interpretations/{edit.split('/')[3]}/leaflets/"
    return [
        Shot("admin-interpretation-1280", edit, DESK, "[data-contentpath=panels]"),
        Shot("admin-stale-1280", stale, LOW_DESK),
        Shot("admin-leaflets-1280", leaflets, (1280, 340)),
        Shot("admin-release-1280", release, DESK),
    ]


def first_address(page: Page, selector: str, pattern: str) -> str:
    """The first link whose address is of the form; ends with a sentence if there is none."""
    addresses = page.locator(selector).evaluate_all("links => links.map(l => l.pathname)")
    found = next((address for address in addresses if re.match(pattern, address)), None)
    return found or sys.exit(f"{page.url} 上没有 {pattern} 这样的链接。")


def take(page: Page, shot: Shot) -> None:
    """One window's worth of the page, in few colours."""
    width, height = shot.window
    page.set_viewport_size({"width": width, "height": height})
    page.goto(shot.address, wait_until="networkidle")
    if shot.scroll_to:
        page.locator(shot.scroll_to).first.evaluate(SCROLL)
        page.wait_for_function(LOADED)
        page.wait_for_timeout(PAINTED)
    path = IMAGES / f"{shot.name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main()
