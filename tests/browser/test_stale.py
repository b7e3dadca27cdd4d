"""A clause changes: the report, the editor and the public page say so, until an editor confirms."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from interpretations.models import StaleItem
from publishing.enums import Role
from publishing.services import equip_unit
from tests.browser.looking import objections
from tests.browser.test_desk import enter
from tests.consultation.desk import make_officer
from tests.factories.explaining import make_interpretation_index
from tests.interpretations.stale_cases import Case

NewPage = Callable[..., Page]


def test_a_changed_clause_is_flagged_until_an_editor_confirms(
    new_page: NewPage, django_db_serialized_rollback: None, live_server: Any
) -> None:
    case = Case()
    unit: Any = case.page.unit
    equip_unit(unit=unit, column=make_interpretation_index(unit))
    citizen = new_page(360)
    citizen.goto(case.page.url)
    expect(citizen.get_by_text("内容待更新")).to_have_count(0)
    case.change("测试条款2：镇便民服务中心每周六、周日上午开放，办理时限为2个工作日。")

    citizen.reload()
    notice = citizen.get_by_role("complementary", name="内容待更新")
    expect(notice.get_by_role("listitem")).to_have_count(5)
    expect(citizen.locator(".stale-mark")).to_have_count(4)
    assert objections(citizen) == []
    notice.get_by_role("link").first.click()
    expect(citizen.locator(f"#c-{case.clauses[1].id}")).to_be_in_viewport()

    page = enter(new_page(), make_officer(unit, Role.EDITOR), live_server)
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("link", name="解读待更新").click()
    items = page.locator(".stale-item")
    expect(items).to_have_count(5)
    expect(items.first.locator("ins")).to_have_text("、周日")
    items.first.get_by_role("button", name="内容仍然正确").click()
    expect(page.locator(".messages")).to_contain_text("已确认")
    expect(items).to_have_count(4)

    page.get_by_role("link", name="修改解读").first.click()
    expect(page.get_by_role("heading", name="内容待更新")).to_be_visible()
    for left in (3, 2, 1, 0):
        items.first.get_by_role("button", name="内容仍然正确").click()
        expect(items).to_have_count(left)
    expect(page.get_by_role("heading", name="内容待更新")).to_have_count(0)
    assert StaleItem.objects.waiting().count() == 0

    citizen.goto(case.page.url)
    citizen.reload()
    expect(citizen.get_by_text("内容待更新")).to_have_count(0)
