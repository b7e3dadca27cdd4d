"""The camera at the door, fed by Chromium's fake device with a film of the pass."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, Page, expect

from openday.enums import CheckInMethod, State
from openday.models import CheckIn, Session
from openday.services.checking_in import pass_of
from scripts.machine import CHROMIUM_SWITCHES
from tests.browser.door import ANSWER, answered, enter, make_door, make_doorkeeper, state
from tests.factories.openday import make_registration

SIZE = (640, 480)


@pytest.fixture
def session(django_db_serialized_rollback: None, live_server: Any) -> Session:
    return make_door()


def film_of(text: str, path: Path) -> Path:
    """A film in YUV4MPEG2, as Chromium's fake camera plays it: the QR code, held still."""
    width, height = SIZE
    matrix = [[*row] for row in segno.make(text, error="m").matrix_iter(scale=8, border=4)]
    top, left = (height - len(matrix)) // 2, (width - len(matrix[0])) // 2
    light = [bytearray(b"\xeb" * width) for _ in range(height)]
    for y, row in enumerate(matrix):
        light[top + y][left : left + len(row)] = bytes(16 if dark else 235 for dark in row)
    grey = b"\x80" * (width * height // 2)
    frame = b"FRAME\n" + b"".join(light) + grey
    path.write_bytes(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % SIZE + frame * 10)
    return path


@pytest.fixture
def camera_page(
    browser: Browser, live_server: Any, tmp_path: Path
) -> Iterator[Callable[[str], Page]]:
    """A phone whose camera sees the QR code of the text."""
    started: list[Browser] = []

    def make(text: str) -> Page:
        film = film_of(text, tmp_path / "film.y4m")
        flags = [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ]
        phone = browser.browser_type.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=[*CHROMIUM_SWITCHES, *flags],
        )
        started.append(phone)
        context: BrowserContext = phone.new_context(
            base_url=live_server.url, viewport={"width": 360, "height": 740}
        )
        context.grant_permissions(["camera"], origin=live_server.url)
        return context.new_page()

    yield make
    for phone in started:
        phone.close()


def test_the_camera_sees_the_pass(
    camera_page: Callable[[str], Page], session: Session, live_server: Any
) -> None:
    row = make_registration(session.groups.get(), name="李四")
    problems: list[str] = []
    page = camera_page(pass_of(row))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    enter(page, make_doorkeeper(session), live_server, session)
    page.get_by_role("button", name="打开摄像头扫码").click()
    answered(page, "已签到")
    expect(page.locator(ANSWER)).to_contain_text("李四")
    expect(page.locator("[data-door-came]")).to_have_text("1")
    # The code stays in view: still one arrival.
    page.wait_for_timeout(1500)
    answered(page, "已签到")
    page.get_by_role("button", name="关闭摄像头").click()
    expect(page.locator("video")).to_be_hidden()
    assert CheckIn.objects.get().method == CheckInMethod.QR
    assert (state(row), problems) == (State.ATTENDED, [])


# As Android has one; Chromium on Linux has not.
OWN_READER = """(text) => {
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{ rawValue: text }]; }
  };
}"""


def test_a_browser_that_reads_codes_itself_loads_no_reader(
    camera_page: Callable[[str], Page], session: Session, live_server: Any
) -> None:
    row = make_registration(session.groups.get())
    page = camera_page("nothing")
    page.add_init_script(f"({OWN_READER})({json.dumps(pass_of(row))})")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    enter(page, make_doorkeeper(session), live_server, session)
    page.get_by_role("button", name="打开摄像头扫码").click()
    answered(page, "已签到")
    assert [address for address in loaded if "/vendor/qr-" in address] == []


def test_a_code_from_elsewhere_is_no_pass(
    camera_page: Callable[[str], Page], session: Session, live_server: Any
) -> None:
    page = camera_page("https://example.com/poster")
    enter(page, make_doorkeeper(session), live_server, session)
    page.get_by_role("button", name="打开摄像头扫码").click()
    answered(page, "不是入场码")
    expect(page.locator("[data-door-done]")).to_be_hidden()
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/door-camera.png", full_page=True)


def test_without_a_camera_the_number_is_asked_for(
    new_page: Callable[..., Page], session: Session, live_server: Any
) -> None:
    page = new_page(360)
    enter(page, make_doorkeeper(session), live_server, session)
    page.get_by_role("button", name="打开摄像头扫码").click()
    expect(page.locator("[data-door-camera] p")).to_contain_text("请输入编号。")
    expect(page.get_by_role("button", name="打开摄像头扫码")).to_be_enabled()
