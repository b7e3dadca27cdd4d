"""The door in a real browser: the camera, a network that fails, the keyboard, no script, axe."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import segno
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from openday.enums import CheckInMethod, State
from openday.models import CheckIn, Registration, SeatGroup, Session
from openday.services.checking_in import check_in, pass_of
from publishing.enums import Role
from publishing.models import User
from tests.browser.citizen import press_to
from tests.conftest import CHROMIUM_FLAGS
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.openday import make_event, make_group, make_registration, make_session

NewPage = Callable[..., Page]
ANSWER = "[data-door-answer]"
SIZE = (640, 480)
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def session(django_db_serialized_rollback: None, live_server: Any) -> Session:
    """One that runs now."""
    row = make_session(make_event(unit=make_office("党政办"), title="便民中心开放日"))
    make_group(row, name="群众代表")
    return row


@pytest.fixture
def group(session: Session) -> SeatGroup:
    return session.groups.get()


@pytest.fixture
def officer(session: Session) -> User:
    unit = session.event.unit
    assert unit is not None
    return make_officer(unit, Role.FRONT_DESK)


def begin(session: Session) -> None:
    """It began ten minutes ago; whoever registers has done so before."""
    starts = timezone.now() - timedelta(minutes=10)
    Session.objects.filter(pk=session.pk).update(
        registration_closes_at=starts - timedelta(days=7),
        cancel_until=starts - timedelta(days=1),
        offers_until=starts - timedelta(hours=12),
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
    )


def enter(page: Page, user: User, live_server: Any, session: Session) -> Page:
    """Let the browser in as the user, and show the door."""
    begin(session)
    key = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
    )
    page.goto(reverse("check_in:door", args=[session.pk]))
    return page


def answered(page: Page, word: str) -> None:
    expect(page.locator(ANSWER).locator("[data-door-part=word]")).to_have_text(word)


def type_in(page: Page, number: str) -> None:
    page.get_by_label("报名编号或后六位").fill(number)
    page.keyboard.press("Enter")


def state(row: Registration) -> str:
    return Registration.objects.get(pk=row.pk).state


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
            args=[*CHROMIUM_FLAGS, *flags],
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
    camera_page: Callable[[str], Page], session, group, officer, live_server
) -> None:
    row = make_registration(group, name="李四")
    problems: list[str] = []
    page = camera_page(pass_of(row))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    enter(page, officer, live_server, session)
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


def test_a_gap_in_the_network_loses_nothing(
    new_page: NewPage, session, group, officer, live_server
) -> None:
    here, doubtful = make_registration(group, name="李四"), make_registration(group)
    page = enter(new_page(360), officer, live_server, session)
    page.context.set_offline(True)
    type_in(page, here.receipt.number[-6:])
    answered(page, "已记录，待上传")
    expect(page.locator(ANSWER)).to_contain_text("编号在本场名单上。")
    expect(page.locator(ANSWER)).not_to_contain_text("已签到")
    type_in(page, "20200101-000000")
    expect(page.locator(ANSWER)).to_contain_text("本场名单上没有这个编号")
    type_in(page, here.receipt.number)
    answered(page, "重复")
    type_in(page, doubtful.receipt.number)
    answered(page, "已记录，待上传")
    expect(page.locator("[data-door-waiting]")).to_have_text("3")
    assert CheckIn.objects.count() == 0
    # Meanwhile another device, with a network, has seen one of them.
    check_in(
        session=session,
        number=doubtful.receipt.number,
        user=officer,
        nonce="11111111-1111-4111-8111-111111111111",
    )
    page.context.set_offline(False)
    expect(page.locator("[data-door-queue]")).to_be_hidden()
    lines = page.locator("[data-door-done-list] strong")
    expect(lines).to_have_text(["重复", "没有这个编号", "已签到"])
    assert (state(here), CheckIn.objects.count()) == (State.ATTENDED, 2)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "李四" not in kept


def test_a_reload_keeps_the_queue(new_page: NewPage, session, group, officer, live_server) -> None:
    row = make_registration(group)
    page = enter(new_page(360), officer, live_server, session)
    upload = f"**{reverse('check_in:upload', args=[session.pk])}"
    page.route(upload, lambda route: route.abort())
    type_in(page, row.receipt.number)
    answered(page, "已记录，待上传")
    page.reload()
    expect(page.locator("[data-door-waiting]")).to_have_text("1")
    assert state(row) == State.CONFIRMED
    page.unroute(upload)
    page.get_by_role("button", name="现在上传").click()
    expect(page.locator("[data-door-done-list] strong")).to_have_text(["已签到"])
    assert state(row) == State.ATTENDED


def test_an_answer_that_got_lost_is_asked_for_again(
    new_page: NewPage, session, group, officer, live_server
) -> None:
    row = make_registration(group)
    page = enter(new_page(360), officer, live_server, session)
    lost: list[str] = []

    def lose_the_first(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(json.loads(route.request.post_data)["items"][0]["nonce"])
        route.fetch()
        route.abort()

    page.route("**/upload/", lose_the_first)
    type_in(page, row.receipt.number)
    answered(page, "已记录，待上传")
    page.get_by_role("button", name="现在上传").click()
    expect(page.locator("[data-door-done-list] strong")).to_have_text(["已签到"])
    assert [str(made.nonce) for made in CheckIn.objects.all()] == lost


def test_who_was_signed_out_meanwhile_loses_nothing(
    new_page: NewPage, session, group, officer, live_server
) -> None:
    row = make_registration(group)
    page = enter(new_page(360), officer, live_server, session)
    page.context.clear_cookies()
    type_in(page, row.receipt.number)
    answered(page, "已记录，待上传")
    expect(page.locator("[data-door-net]")).to_contain_text("登录已过期")
    enter(page, officer, live_server, session)
    expect(page.locator("[data-door-done-list] strong")).to_have_text(["已签到"])


def test_by_the_keyboard_alone(new_page: NewPage, session, group, officer, live_server) -> None:
    rows = [make_registration(group, name=name) for name in ("李四", "王五")]
    page = enter(new_page(), officer, live_server, session)
    press_to(page, "[name=text]:not([type=hidden])")
    for row, word in ((rows[0], "已签到"), (rows[0], "重复")):
        page.keyboard.type(row.receipt.number)
        page.keyboard.press("Enter")
        answered(page, word)
    press_to(page, "[name=name]")
    page.keyboard.type("五")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="查找结果")).to_be_visible()
    press_to(page, "[aria-label='为王五签到']")
    page.keyboard.press("Enter")
    answered(page, "已签到")
    expect(page.locator(ANSWER)).to_contain_text("王五")
    assert CheckIn.objects.get(registration=rows[1]).method == CheckInMethod.NAME


def test_without_a_script(new_page: NewPage, session, group, officer, live_server) -> None:
    row = make_registration(group, name="李四")
    page = enter(new_page(360, java_script_enabled=False), officer, live_server, session)
    type_in(page, row.receipt.number[-6:])
    answered(page, "已签到")
    type_in(page, row.receipt.number)
    answered(page, "重复")
    looked_at(page, "plain")
    page.get_by_role("link", name="签到名单").click()
    page.get_by_text("撤销签到…").click()
    page.get_by_label("撤销理由").fill("扫错人")
    page.get_by_role("button", name="撤销李四的签到").click()
    assert state(row) == State.CONFIRMED


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_overflows(
    new_page: NewPage, session, group, officer, live_server, width: int
) -> None:
    rows = [make_registration(group, name=name) for name in ("李四", "王五", "赵六")]
    page = enter(new_page(width), officer, live_server, session)
    problems = looked_at(page, "empty")
    type_in(page, rows[0].receipt.number)
    answered(page, "已签到")
    problems += looked_at(page, "in")
    page.context.set_offline(True)
    type_in(page, rows[1].receipt.number)
    answered(page, "已记录，待上传")
    problems += looked_at(page, "offline")
    page.context.set_offline(False)
    expect(page.locator("[data-door-queue]")).to_be_hidden()
    type_in(page, "000000")
    answered(page, "没有这个编号")
    problems += looked_at(page, "refused")
    page.get_by_label("忘了编号：按姓名查找").fill("六")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="查找结果")).to_be_visible()
    problems += looked_at(page, "found")
    page.goto(reverse("check_in:people", args=[session.pk]))
    page.get_by_text("撤销签到…").first.click()
    problems += looked_at(page, "people")
    page.goto(reverse("check_in:choose"))
    problems += looked_at(page, "choose")
    assert problems == []


# Of our own part of the page, but for links in running text (WCAG 2.5.8).
SMALL = """() => [...document.querySelectorAll(".door :is(a, button, summary, input)")]
  .filter((target) => target.checkVisibility() && target.type !== "hidden" && !target.closest("p:not(.door-links)"))
  .filter((target) => target.getBoundingClientRect().height < 48)
  .map((target) => target.outerHTML.slice(0, 90))"""


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with what is shown now."""
    if SHOTS:
        width = page.evaluate("innerWidth")
        page.screenshot(path=f"{SHOTS}/door-{name}-{width}.png", full_page=True)
    found = Axe().run(page).response["violations"]
    lines = [f"{name}: {row['id']} {row['nodes'][0]['html']}" for row in found]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        lines.append(f"{name}: scrolls sideways")
    return lines + [f"{name}: small {html}" for html in page.evaluate(SMALL)]
