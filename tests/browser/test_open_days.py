"""Representatives' journeys in a real browser: on a small phone without scripts, by keyboard."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from openday.enums import SeatMethod, State
from openday.models import (
    EventCondition,
    EventIndexPage,
    EventPage,
    PlannedEvent,
    ProgrammeItem,
    Registration,
    SeatGroup,
    Session,
)
from openday.services.answering import cancel
from openday.services.drawing import freeze_list, run_draw
from people.throttle import reset_limits
from tests.browser.citizen import press_to
from tests.browser.looking import ELDER, STANDARD, objections
from tests.factories.consultation import make_notice
from tests.factories.openday import (
    make_drawn_group,
    make_event,
    make_event_index,
    make_group,
    make_officer_of,
    make_registration,
    make_session,
    publish,
)
from tests.people.captcha.test_question import answer_to

pytestmark = pytest.mark.slow

NewPage = Callable[..., Page]


@pytest.fixture
def seats(new_context: object) -> SeatGroup:
    """Two seats for the people, of an event with everything on its page."""
    reset_limits()
    make_notice()
    event = make_event(
        title="便民服务中心开放日",
        directions="坐 1 路公交到镇政府站，从东门进。",
        access_notes="有轮椅坡道和电梯，有方言翻译。",
    )
    event.programme = [ProgrammeItem(time="9:00–9:30", content="参观办事大厅")]
    event.conditions = [EventCondition(text="年满18周岁"), EventCondition(text="住在本镇")]
    session = make_session(event, capacity=8, title="上午场")
    people = make_group(session, quota=2, minimum=1, name="群众代表")
    make_group(session, method=SeatMethod.REVIEW, quota=3, name="老干部")
    make_group(session, method=SeatMethod.INVITED, quota=1, name="特邀代表")
    make_drawn_group(session, quota=2, waiting_limit=1, name="妇女代表")
    publish(event)
    people.session = Session.objects.get(pk=session.pk)
    return people


def fill_in(page: Page, phone: str) -> None:
    page.get_by_label("群众代表").check(force=True)
    page.get_by_label("姓名").fill("李四")
    page.get_by_label("联系电话").fill(phone)
    page.locator('label[for="id_conditions"]').click()
    page.locator('label[for="id_consent"]').click()


def look_up(page: Page, row: Registration, prefix: str = "") -> None:
    page.goto(f"{prefix}/registrations/")
    page.get_by_label("报名编号").fill(row.receipt.number)
    page.get_by_label("查询码").fill(row.receipt.code)
    page.get_by_role("button", name="查询").click()


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
    expect(page.get_by_role("heading", level=1)).to_have_text("候补第 1 位")
    row = Registration.objects.latest("pk")
    expect(page.locator("#receipt-number")).to_have_text(row.receipt.number)
    assert (row.held_for_review, row.contact.email) == (True, "")
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


def plan_of(event: EventPage) -> None:
    column = EventIndexPage.objects.get(pk=make_event_index().pk)
    year = event.sessions.all()[0].starts_at.year
    for number, month in enumerate((3, 9)):
        PlannedEvent.objects.create(
            page=column,
            year=year - number,
            month=month,
            kind="open_day",
            theme="看办事流程",
            event=event if not number else None,
            unit=event.unit,
        )


def drawn(session: Session) -> SeatGroup:
    group = session.groups.get(method=SeatMethod.DRAW)
    for _person in range(4):
        make_registration(group)
    officer = make_officer_of(session.event)
    with time_machine.travel(session.registration_closes_at + timedelta(minutes=1)):
        freeze_list(group=group, user=officer)
        run_draw(group=group, user=officer, digits="135246", witness="测试镇纪委")
    return group


def shown(page: Page, seats: SeatGroup, prefix: str) -> Iterator[str]:
    """Every page of events that the public sees, one after the other."""
    event, session = seats.session.event, seats.session
    column = make_event_index().url
    draw = session.groups.get(method=SeatMethod.DRAW)
    addresses: dict[str, Any] = {
        "home": "/",
        "column": column,
        "column, nothing": f"{column}?when=past",
        "event": event.url,
        "form": f"{event.url}register/{session.pk}/",
        "poster": f"{event.url}poster/",
        "draw before": f"{event.url}draws/{draw.pk}/",
        "look-up": "/registrations/",
        "opinions' look-up": "/lookup/",
    }
    for name, address in addresses.items():
        page.goto(prefix + address)
        yield name
    page.goto(f"{prefix}{event.url}register/{session.pk}/")
    page.get_by_role("button", name="提交报名").click()
    yield "form, refused"
    fill_in(page, "13800003333")
    expect(page.get_by_text("验证已通过")).to_be_visible()
    page.get_by_role("button", name="提交报名").click()
    expect(page.locator("#receipt-number")).to_be_visible()
    yield "receipt"
    row = Registration.objects.latest("pk")
    look_up(page, row, prefix)
    yield "own registration"
    page.get_by_role("button", name="取消报名").click()
    yield "giving up"
    page.get_by_role("button", name="确定取消").click()
    yield "given up"
    page.goto(f"{prefix}{event.url}register/{session.pk}/")
    fill_in(page, "13800003334")
    with time_machine.travel(session.registration_closes_at + timedelta(minutes=1)):
        page.get_by_role("button", name="提交报名").click()
        expect(page.get_by_text("您填写的内容")).to_be_visible()
    yield "closed meanwhile"


@pytest.mark.parametrize(("prefix", "least"), [("", STANDARD), ("/elder", ELDER)])
def test_nothing_to_object_to(new_page: NewPage, seats: SeatGroup, prefix: str, least: int) -> None:
    plan_of(seats.session.event)
    page, found = new_page(320), []
    for name in shown(page, seats, prefix):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{name}, {width} px: {wrong}" for wrong in objections(page, least)]
    assert found == []


@pytest.mark.parametrize(("prefix", "least"), [("", STANDARD), ("/elder", ELDER)])
def test_nothing_to_object_to_in_offers_and_draws(
    new_page: NewPage, seats: SeatGroup, prefix: str, least: int
) -> None:
    first, _second, waiting = (make_registration(seats) for _person in range(3))
    cancel(registration=first)
    draw, page, found = drawn(seats.session), new_page(320), []
    page.goto(f"{prefix}{seats.session.event.url}draws/{draw.pk}/")
    for step in ("draw", "offer"):
        if step == "offer":
            look_up(page, waiting, prefix)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{step}, {width} px: {wrong}" for wrong in objections(page, least)]
    assert found == []
