"""The seats' desk in a real browser: every screen narrow and wide, a caller, a bulk decision."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from openday.enums import State
from openday.models import Registration
from openday.services.answering import cancel
from publishing.enums import Role
from publishing.models import User
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
