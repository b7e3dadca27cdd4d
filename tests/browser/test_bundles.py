"""A policy and its interpretation: put together, reviewed, published; a citizen sees both (P1)."""

import os
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from interpretations.models import PolicyPage
from tests.browser.test_desk import enter
from tests.factories.explaining import make_interpretation
from tests.factories.interpretations import make_policy
from tests.factories.releasing import make_releasing_office, written_by

NewPage = Callable[..., Page]


def look(page: Page, name: str, *, is_ours: bool = True) -> None:
    """At both widths nothing is cut off; with LOOK_AT a picture is kept. Wagtail's own furniture of
    lists is not for us to mend."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} {width}"
        if folder := os.environ.get("LOOK_AT"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    if not is_ours:
        return
    found = Axe().run(page, context="main").response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:90]}" for one in found] == []


def test_editor_reviewer_and_citizen(
    new_page: NewPage, django_db_serialized_rollback: None, live_server: Any
) -> None:
    office = make_releasing_office()
    policy = make_policy(
        unit=office.unit, live=False, needs_interpretation=True, title="测试镇停车管理办法"
    )
    explained = make_interpretation(policy, live=False, title="停车新规，看图就懂")
    for row in (policy, explained):
        written_by(row, office.editor)
    hand_in(enter(new_page(), office.editor, live_server), policy)
    page = review(enter(new_page(), office.reviewer, live_server))
    page.get_by_role("button", name="现在全部发布").click()
    expect(page.locator(".messages")).to_contain_text("全部页面已发布")
    look(page, "published")
    citizen = new_page()
    citizen.goto(str(PolicyPage.objects.get(pk=policy.pk).url))
    citizen.get_by_role("link", name="停车新规，看图就懂").first.click()
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("停车新规，看图就懂")


def hand_in(page: Page, policy: PolicyPage) -> None:
    """From the policy's edit screen: its interpretation is chosen already."""
    edit = reverse("wagtailadmin_pages:edit", args=[policy.pk])
    page.goto(edit)
    page.wait_for_timeout(800)
    page.locator(".w-slim-header [data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("link", name="同步发布").last.click()
    expect(page.get_by_label("停车新规，看图就懂")).to_be_checked()
    look(page, "form")
    page.get_by_role("button", name="保存").click()
    look(page, "prepared")
    page.get_by_role("button", name="送审").click()
    expect(page.locator(".messages")).to_contain_text("已送审，页面已锁定")
    page.goto(edit)
    expect(page.get_by_text("现在不能修改").first).to_be_visible()


def review(page: Page) -> Page:
    """Both looks, each by one click for all pages."""
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("link", name="同步待审").click()
    look(page, "list", is_ours=False)
    page.get_by_role("link", name="测试镇停车管理办法（同步发布）").click()
    look(page, "review")
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.locator(".error-message")).to_have_count(1)
    page.get_by_label("不含个人信息").check()
    page.get_by_role("button", name="通过", exact=True).click()
    page.get_by_label("不涉及国家秘密、工作秘密，可以公开").check()
    page.get_by_label("依据（必填）").fill("本镇保密事项范围")
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("全部页面已通过")
    look(page, "approved")
    return page


def test_the_exemptions_page(
    new_page: NewPage, django_db_serialized_rollback: None, live_server: Any
) -> None:
    office = make_releasing_office(reviewed=False)
    policy = make_policy(unit=office.unit, live=False, needs_interpretation=True)
    page = enter(new_page(), office.reviewer, live_server)
    page.goto(reverse("bundles:exempt", args=[policy.pk]))
    look(page, "exemption")
    page.get_by_label("暂缓的理由").fill("汛期应急，须当日印发")
    page.get_by_role("button", name="暂缓解读").click()
    expect(page.locator(".messages")).to_contain_text("文件现在可以单独发布")
    policy.get_latest_revision().publish()
    page.goto(reverse("wagtailadmin_home"))
    expect(page.get_by_text("待公布的解读")).to_be_visible()
    look(page, "home", is_ours=False)
