"""The door in a real browser: a network that fails, the keyboard, no script, axe."""

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from openday.enums import CheckInMethod, State
from openday.models import CheckIn, SeatGroup, Session
from openday.services.checking_in import check_in
from publishing.models import User
from tests.browser.citizen import press_to
from tests.browser.door import (
    ANSWER,
    answered,
    enter,
    make_door,
    make_doorkeeper,
    state,
    type_in,
)
from tests.factories.openday import make_registration

NewPage = Callable[..., Page]
# A folder to look at what axe looks at.
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def session(django_db_serialized_rollback: None, live_server: Any) -> Session:
    return make_door()


@pytest.fixture
def group(session: Session) -> SeatGroup:
    return session.groups.get()


@pytest.fixture
def officer(session: Session) -> User:
    return make_doorkeeper(session)


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
    expect(page.locator(ANSWER)).to_be_focused()


@pytest.mark.parametrize("how", ["button", "number", "offline"])
def test_the_next_answer_ends_a_search(
    new_page: NewPage, session, group, officer, live_server, how: str
) -> None:
    """Who was found stood below the answer to another's arrival, as if it were theirs."""
    found, other = make_registration(group, name="李四"), make_registration(group, name="王五")
    page = enter(new_page(360), officer, live_server, session)
    page.get_by_label("忘了编号：按姓名查找").fill("李")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="为李四签到")).to_be_visible()
    if how == "offline":
        page.context.set_offline(True)
    if how == "button":
        page.get_by_role("button", name="为李四签到").click()
    else:
        type_in(page, other.receipt.number)
    answered(page, "已记录，待上传" if how == "offline" else "已签到")
    expect(page.get_by_role("heading", name="查找结果")).to_have_count(0)
    expect(page.get_by_label("忘了编号：按姓名查找")).to_have_value("")
    came = found if how == "button" else other
    assert state(came) == (State.CONFIRMED if how == "offline" else State.ATTENDED)


def test_without_a_script(new_page: NewPage, session, group, officer, live_server) -> None:
    row = make_registration(group, name="李四")
    page = enter(new_page(360, java_script_enabled=False), officer, live_server, session)
    type_in(page, row.receipt.number[-6:])
    answered(page, "已签到")
    type_in(page, row.receipt.number)
    answered(page, "重复")
    keep_picture(page, "no-script")
    page.get_by_role("link", name="签到名单").click()
    page.get_by_text("撤销签到…").click()
    page.get_by_label("撤销理由").fill("扫错人")
    page.get_by_role("button", name=f"撤销{row.receipt.number}的签到").click()
    assert state(row) == State.CONFIRMED


@pytest.mark.looks
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
  .filter((target) => target.checkVisibility() && target.type !== "hidden")
  .filter((target) => !target.closest("p:not(.door-links)"))
  .filter((target) => target.getBoundingClientRect().height < 48)
  .map((target) => target.outerHTML.slice(0, 90))"""


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with what is shown now."""
    width = page.evaluate("innerWidth")
    keep_picture(page, f"{name}-{width}")
    found = Axe().run(page).response["violations"]
    lines = [f"{name}: {row['id']} {row['nodes'][0]['html']}" for row in found]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        lines.append(f"{name}: scrolls sideways")
    return lines + [f"{name}: small {html}" for html in page.evaluate(SMALL)]


def keep_picture(page: Page, name: str) -> None:
    """For who wants to look, too."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/door-{name}.png", full_page=True)
