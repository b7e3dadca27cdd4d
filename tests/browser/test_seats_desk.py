"""The seats' desk in a real browser: every screen narrow and wide, a caller, a bulk decision."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from openday.enums import State
from openday.models import DrawRun, Registration, SeatGroup
from openday.services.answering import cancel
from publishing.enums import Role
from publishing.models import User
from tests.browser.looking import objections
from tests.factories.openday import make_group, make_registration, make_session, next_phone
from tests.openday.desk import Office, furnish, signed_in

NewPage = Callable[..., Page]


@pytest.fixture
def office(django_db_serialized_rollback: None, live_server: Any) -> Office:
    return furnish()


def enter(page: Page, user: User, live_server: Any) -> Page:
    """Let the browser in as the user, without the log-in form."""
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return page


def screens(office: Office) -> list[str]:
    of_session = ("change_session", "add_group", "cancel_session", "export", "import")
    papers = ("sign_in", "call_slips")
    names = ["registration:index", "session:index", "audience:index", "seats:enter"]
    return [
        reverse("wagtailadmin_home"),
        *map(reverse, names),
        f"{reverse('seats:enter')}?session={office.session.pk}",
        reverse("seats:event", args=[office.event.pk]),
        reverse("seats:add_session", args=[office.event.pk]),
        *(reverse(f"seats:{name}", args=[office.session.pk]) for name in (*of_session, *papers)),
        reverse("seats:change_group", args=[office.group.pk]),
        reverse("seats:remove_group", args=[office.group.pk]),
        reverse("seats:draw", args=[office.drawn.pk]),
        reverse("seats:registration", args=[office.pending.pk]),
        reverse("seats:registration", args=[office.waiting.pk]),
        reverse("wagtail_bulk_action", args=["openday", "registration", "reject"])
        + "?id=all&next=/",
    ]


@pytest.mark.looks
@pytest.mark.parametrize("width", [360, 1280])
def test_every_screen_is_accessible(new_page: NewPage, office: Office, live_server, width) -> None:
    cancel(registration=office.confirmed)
    page = enter(new_page(width), office.staff[Role.EDITOR], live_server)
    found = {}
    for address in screens(office):
        assert page.goto(address).status == 200
        page.wait_for_load_state()
        violations = Axe().run(page, context={"include": [["main"]]}).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[address] = [row["id"] for row in violations] + ["sideways"] * wide
    assert {address: what for address, what in found.items() if what} == {}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_caller_is_registered(new_page: NewPage, office: Office, live_server, scripts) -> None:
    page = enter(new_page(java_script_enabled=scripts), office.staff[Role.FRONT_DESK], live_server)
    page.goto(reverse("seats:enter"))
    page.get_by_role("link", name=office.event.title).click()
    page.get_by_label("人大代表").check()
    page.get_by_label("姓名").fill("孙七")
    page.get_by_label("联系电话").fill("123")
    page.get_by_label("已向本人说明").check()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("请填写 11 位手机号")).to_be_visible()
    expect(page.get_by_label("姓名")).to_have_value("孙七")
    page.get_by_label("联系电话").fill(next_phone())
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="报名回执", level=2)).to_be_visible()
    row = Registration.objects.latest("pk")
    assert row.entered_by == office.staff[Role.FRONT_DESK]
    expect(page.get_by_text(row.receipt.number)).to_be_visible()


def test_the_times_follow_the_start_until_somebody_sets_one(
    new_page: NewPage, office: Office, live_server: Any
) -> None:
    page = enter(new_page(1280), office.staff[Role.EDITOR], live_server)
    page.goto(reverse("seats:add_session", args=[office.event.pk]))
    closes, cancels = page.locator("#id_registration_closes_at"), page.locator("#id_cancel_until")
    start(page, "2030-05-20 09:00")
    expect(closes).to_have_value("2030-05-17 18:00")
    cancels.fill("2030-05-01 08:00")
    start(page, "2030-06-20 14:00")
    expect(closes).to_have_value("2030-06-17 18:00")
    expect(cancels).to_have_value("2030-05-01 08:00")
    assert office.event.sessions.filter(starts_at__year=2030).count() == 0


def start(page: Page, moment: str) -> None:
    """Typed, and left by the key that goes on to the next field."""
    page.locator("#id_starts_at").fill(moment)
    page.keyboard.press("Tab")


def test_all_of_a_filtered_list_are_approved(
    new_page: NewPage, office: Office, live_server
) -> None:
    group = make_group(make_session(office.event), method="review", quota=1)
    rows = [make_registration(group) for _n in range(2)]
    page = enter(new_page(), office.staff[Role.EDITOR], live_server)
    page.goto(f"{reverse('registration:index')}?session={group.session_id}")
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    page.get_by_role("link", name="所选报名审核通过").click()
    expect(page.get_by_text("共2人")).to_be_visible()
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_text("已确认1人，候补1人")).to_be_visible()
    states = [Registration.objects.get(pk=row.pk).state for row in (*rows, office.pending)]
    assert states == [State.CONFIRMED, State.WAITLISTED, State.PENDING]


DIGITS, WITNESS = "415263", "测试镇纪委 张三"
GIVEN = ["抽中", "抽中", "候补第1位", "未抽中"]


def test_a_draw_is_done_at_the_desk_and_checked_by_a_citizen(
    new_page: NewPage, office: Office, live_server: Any, tmp_path: Path
) -> None:
    group = four_for_two_seats(office)
    with time_machine.travel(office.session.registration_closes_at + timedelta(hours=1)):
        desk, citizen = enter(new_page(1280), office.staff[Role.EDITOR], live_server), new_page(360)
        freeze(desk, office)
        look_at_the_list(citizen, office, group)
        late = desk.context.new_page()
        late.goto(desk.url)
        roll(desk, group)
        record = DrawRun.objects.get(group=group).record
        assert record
        order = record["order"]
        draw_again(late, group, order)
        check_the_result(citizen, order)
        check_the_record(citizen, tmp_path)


def four_for_two_seats(office: Office) -> SeatGroup:
    """Of four people two get a seat, one waits, and one goes without."""
    for name in ("孙七", "周八", "吴九"):
        make_registration(office.drawn, name=name)
    SeatGroup.objects.filter(pk=office.drawn.pk).update(quota=2, waiting_limit=1)
    return SeatGroup.objects.get(pk=office.drawn.pk)


def freeze(page: Page, office: Office) -> None:
    """The way there leads over the event's sessions; without a list nothing can be drawn."""
    page.goto(reverse("seats:event", args=[office.event.pk]))
    page.get_by_role("link", name="抽签", exact=True).click()
    expect(page.get_by_text("现有4人待抽签")).to_be_visible()
    expect(draw_button(page)).to_have_count(0)
    page.get_by_role("button", name="冻结并公布名单").click()
    expect(page.get_by_text("名单已冻结并公布，共4人")).to_be_visible()
    expect(page.get_by_role("button", name="冻结并公布名单")).to_have_count(0)
    assert faults(page) == []


def roll(page: Page, group: SeatGroup) -> None:
    """What is missing is asked for before the draw, and what was typed stays."""
    page.get_by_label("见证人掷出的数字").fill(" ".join(DIGITS))
    page.locator("[name=witness]").fill(WITNESS)
    draw_button(page).click()
    expect(page.get_by_text("请先核对，再勾选这一项")).to_be_visible()
    assert DrawRun.objects.get(group=group).drawn_at is None
    page.get_by_label("数字和见证人核对无误").check()
    draw_button(page).click()
    expect(page.get_by_text("抽签完毕，结果已公布")).to_be_visible()
    expect(page.get_by_text(f"见证人：{WITNESS}；数字：{DIGITS}")).to_be_visible()
    expect(page.locator(".desk-others strong")).to_have_text(GIVEN)
    expect(draw_button(page)).to_have_count(0)
    assert faults(page) == []


def draw_again(page: Page, group: SeatGroup, order: list[str]) -> None:
    """A colleague's page still offers it: the second draw is refused, the first one is shown."""
    page.get_by_label("见证人掷出的数字").fill("99999")
    page.locator("[name=witness]").fill("测试镇纪委 李四")
    page.get_by_label("数字和见证人核对无误").check()
    draw_button(page).click()
    expect(page.get_by_text("这一类已经抽过签，结果已经公布，不能再抽")).to_be_visible()
    expect(draw_button(page)).to_have_count(0)
    for place, number in enumerate(order):
        expect(page.locator(".desk-others li").nth(place)).to_contain_text(number)
    assert DrawRun.objects.get(group=group).digits == DIGITS


def draw_button(page: Page) -> Locator:
    return page.get_by_role("button", name="抽签，公布结果")


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stays, when the message that faded in is gone."""
    page.reload()
    page.wait_for_load_state()
    found = Axe().run(page, context={"include": [["main"]]}).response["violations"]
    return [row["id"] for row in found]


def look_at_the_list(page: Page, office: Office, group: SeatGroup) -> None:
    """Public, with masked names, and before any digit is rolled; the seed is still a secret."""
    page.goto(office.event.url)
    page.get_by_role("link", name="看参加抽签的名单").click()
    numbers = group.registrations.values_list("receipt__number", flat=True)
    expect(page.locator("tbody td.figure")).to_have_text(sorted(numbers))
    run = DrawRun.objects.get(group=group)
    expect(page.get_by_text(run.commitment)).to_be_visible()
    assert [secret in page.content() for secret in (run.seed, "孙七")] == [False, False]


def check_the_result(page: Page, order: list[str]) -> None:
    """The page that the citizen has open, loaded once more: the order, and that it is right."""
    page.reload()
    expect(page.locator("tbody td.figure")).to_have_text(order)
    expect(page.locator("tbody td:last-child")).to_have_text(GIVEN)
    expect(page.get_by_text("全部相符")).to_be_visible()
    expect(page.get_by_text("不符：")).to_have_count(0)
    expect(page.get_by_text(DIGITS, exact=True)).to_be_visible()
    assert objections(page) == []


def check_the_record(page: Page, folder: Path) -> None:
    """As the page tells those who don't trust it; the command fails for what is wrong."""
    page.get_by_role("link", name="下载抽签记录").click()
    file = folder / "draw.json"
    file.write_text(page.locator("pre").inner_text(), encoding="utf-8")
    call_command("verify_draw", str(file))
