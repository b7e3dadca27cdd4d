"""One click in the editor makes the PDF, which can be had; when the page says otherwise, anew."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from interpretations.models import InterpretationPage
from publishing.enums import Role
from publishing.services import equip_unit
from tests.browser.test_desk import enter
from tests.consultation.desk import make_officer
from tests.factories.explaining import make_interpretation_index
from tests.interpretations.leaflet_pages import full_page

NewPage = Callable[..., Page]


def test_one_click_makes_a_leaflet_and_a_change_makes_it_outdated(
    new_page: NewPage, django_db_serialized_rollback: None, live_server: Any
) -> None:
    explained = full_page()
    unit: Any = explained.unit
    equip_unit(unit=unit, column=make_interpretation_index(unit))
    page = enter(new_page(), make_officer(unit, Role.EDITOR), live_server)
    page.goto(reverse("wagtailadmin_pages:edit", args=[explained.pk]))
    page.wait_for_timeout(800)
    page.locator("#w-slim-header-buttons button[aria-expanded]").click()
    page.get_by_role("button", name="做宣传单页").click()
    expect(page.locator(".messages")).to_contain_text("已做好第1版")
    expect(page.get_by_role("cell", name="与网页一致")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="下载 PDF").click()
    assert started.value.suggested_filename == "停车看图懂（宣传单页第1版）.pdf"

    changed = InterpretationPage.objects.get(pk=explained.pk)
    changed.summary = "改了。"
    changed.save_revision().publish()
    page.reload()
    expect(page.get_by_role("cell", name="已过期")).to_be_visible()
    page.get_by_role("button", name="重新做一份").click()
    expect(page.get_by_role("cell", name="第2版")).to_be_visible()
    expect(page.get_by_role("button", name="重新做一份")).to_have_count(0)
