"""Date fields of the desk keep what was typed: the form says what is wrong with it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from publishing.enums import Role
from publishing.models import User
from tests.browser.test_desk import enter
from tests.factories.consultation import make_draft
from tests.openday.desk import Office, furnish

NewPage = Callable[..., Page]
WORD = "下周五"


@pytest.fixture
def office(django_db_serialized_rollback: None, live_server: Any) -> Office:
    return furnish()


@pytest.fixture
def chief(office: Office) -> User:
    return User.objects.create_superuser("chief", "chief@example.org", "x")


def leave(field: Locator, text: str) -> None:
    """Typed, and left by the key that goes on to the next field, as people do."""
    field.click()
    field.fill(text)
    field.press("Tab")
    field.page.wait_for_timeout(300)  # the picker opens and closes behind timers


def test_the_period_of_a_draft(new_page: NewPage, chief: User, live_server: Any) -> None:
    draft = make_draft(Phase.UPCOMING)
    page = enter(new_page(), chief, live_server)
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    page.get_by_role("tab", name="期限").click()
    day = page.locator("#id_opening_day")
    leave(day, WORD)
    expect(day).to_have_value(WORD)
    page.get_by_role("button", name="保存草稿").first.click()
    page.get_by_role("tab", name="期限").click()
    expect(page.get_by_text("日期应写成 2026-01-31 的样子。").first).to_be_visible()
    expect(day).to_have_value(WORD)
    assert DecisionDraftPage.objects.get(pk=draft.pk).opening_day == draft.opening_day


@pytest.mark.parametrize("width", [360, 1280])
def test_the_times_of_a_session(new_page: NewPage, office, live_server, width) -> None:
    page = enter(new_page(width), office.staff[Role.EDITOR], live_server)
    page.goto(reverse("seats:add_session", args=[office.event.pk]))
    start = page.locator("#id_starts_at")
    leave(start, f"{WORD}九点")
    expect(start).to_have_value(f"{WORD}九点")
    page.get_by_role("button", name="添加，接着设名额组").click()
    expect(page.get_by_text("时间应写成 2026-01-31 09:00 的样子。").first).to_be_visible()
    expect(start).to_have_value(f"{WORD}九点")


def test_a_day_is_picked_as_before(new_page: NewPage, office: Office, live_server: Any) -> None:
    page = enter(new_page(), office.staff[Role.EDITOR], live_server)
    page.goto(reverse("seats:change_group", args=[office.review.pk]))
    day = page.locator("#id_decided_by")
    leave(day, "2030-05-20")
    day.click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_date[data-date='21']").first.click()
    expect(day).to_have_value("2030-05-21")
