"""Representatives' journeys in a real browser: on a small phone without scripts, by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from openday.enums import State
from openday.models import Registration, SeatGroup
from openday.services.answering import cancel
from openday.services.deciding import verify_person
from tests.browser.citizen import press_to
from tests.browser.public_events import fill_in, look_up, make_open_event
from tests.factories.openday import make_officer_of, make_registration
from tests.people.captcha.test_question import answer_to

pytestmark = pytest.mark.slow

NewPage = Callable[..., Page]


@pytest.fixture
def seats(new_context: object) -> SeatGroup:
    return make_open_event()


def test_waiting_and_accepting_on_a_phone_without_scripts(
    new_page: NewPage, seats: SeatGroup
) -> None:
    seated = [make_registration(seats) for _seat in range(2)]
    page = new_page(360, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="便民服务中心开放日").click()
    expect(page.locator(".status")).to_have_text("报名中")
    page.locator(".session").get_by_role("link").click()
    page.get_by_label("姓名").fill("李四")
    page.get_by_role("button", name="提交报名").click()
    expect(page.locator(".error-summary")).to_contain_text("请选择以哪一类代表报名。")
    expect(page.get_by_label("姓名")).to_have_value("李四")
    fill_in(page, "138 0000 1111")
    question = page.locator("[data-captcha-question] label").inner_text().partition("：")[2]
    page.get_by_label("验证问题").fill(answer_to(question))
    page.get_by_role("button", name="提交报名").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("等待审核")
    expect(page.get_by_text("核实以前不占名额")).to_be_visible()
    row = Registration.objects.latest("pk")
    expect(page.locator("#receipt-number")).to_have_text(row.receipt.number)
    assert (row.held_for_review, row.contact.email) == (True, "")
    verified = verify_person(registration=row, user=make_officer_of(row.session.event))
    assert verified.state == State.WAITLISTED
    cancel(registration=seated[0])
    page.get_by_role("link", name="查询我的报名").first.click()
    look_up(page, row)
    expect(page.get_by_role("heading", level=1)).to_have_text("我的报名：有名额了，等您确认")
    page.get_by_role("button", name="确认参加").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的报名：名额已确认")
    expect(page.get_by_role("img", name="入场二维码")).to_be_visible()
    assert Registration.objects.get(pk=row.pk).state == State.CONFIRMED
    page.get_by_role("button", name="取消报名").click()
    page.get_by_role("button", name="不取消，返回").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的报名：名额已确认")


def test_by_keyboard_alone(new_page: NewPage, seats: SeatGroup) -> None:
    page = new_page(1280)
    page.goto(seats.session.event.url)
    press_to(page, f'a[href$="register/{seats.session.pk}/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/*/")
    press_to(page, "[name=name]")
    page.keyboard.type("王五")
    page.keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    press_to(page, "[data-error-summary] a")
    press_to(page, "[name=group]")
    page.keyboard.press("Space")
    press_to(page, "[name=phone]")
    page.keyboard.type("13800002222")
    press_to(page, "[name=conditions]")
    page.keyboard.press("Space")
    press_to(page, "[name=consent]")
    page.keyboard.press("Space")
    expect(page.get_by_text("验证已通过")).to_be_visible()
    press_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("名额已确认")
    row = Registration.objects.get()
    assert (row.state, row.held_for_review) == (State.CONFIRMED, False)
