"""The reviewer finds a phone number, masks it, approves; then it is public (rules R1, R2)."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from consultation.models import DecisionDraftPage
from tests.browser.test_desk import enter
from tests.factories.reviewing import hand_in, make_reviewed_office, written_draft

NewPage = Callable[..., Page]


def test_the_reviewer_masks_a_number_and_approves(
    new_page: NewPage, django_db_serialized_rollback: None, live_server: Any
) -> None:
    office = make_reviewed_office()
    said = "<p>请打13800001234，或到窗口（13800001235）。</p>"
    draft = written_draft(office, title="测试镇用水管理办法", explanation=said)
    hand_in(draft, office.editor)
    page = enter(new_page(), office.reviewer, live_server)
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("link", name="测试镇用水管理办法").first.click()
    page.get_by_role("link", name="逐处查看").click()
    expect(page.locator("mark")).to_have_text(["13800001234", "13800001235"])
    page.get_by_role("button", name="遮盖为 138****1234").click()
    expect(page.locator("mark")).to_have_text(["13800001235"])
    page.get_by_label("保留的理由").fill("公开的窗口手机")
    page.get_by_role("button", name="保留", exact=True).click()
    expect(page.get_by_text("没有待处理的内容")).to_be_visible()
    page.get_by_label("个人信息已遮盖或去标识化").check()
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_role("heading", name="党政办保密审查")).to_be_visible()
    page.get_by_label("不涉及国家秘密、工作秘密，可以公开").check()
    page.get_by_label("依据（必填）").fill("本镇保密事项范围")
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("审查全部通过，已发布")
    stored = DecisionDraftPage.objects.get(pk=draft.pk)
    assert stored.live is True
    assert "138****1234，或到窗口（13800001235）" in stored.explanation


def test_in_the_editors_window_the_form_is_asked_and_an_author_reads_why_not(
    new_page: NewPage, django_db_serialized_rollback: None, live_server: Any
) -> None:
    office = make_reviewed_office()
    draft = written_draft(office)
    hand_in(draft, office.second)
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    for user, told in ((office.second, "不能由您审查"), (office.reviewer, None)):
        page = enter(new_page(), user, live_server)
        page.goto(edit)
        page.wait_for_timeout(800)
        page.locator(".w-dropdown-button button[aria-expanded]").last.click()
        page.get_by_role("button", name="通过个人信息审查").last.click()
        page.get_by_label("不含个人信息").check()
        page.locator(".modal button[type=submit]").click()
        if told:
            expect(page.get_by_text(told).first).to_be_visible()
        else:
            page.wait_for_event("load")
    draft = DecisionDraftPage.objects.get(pk=draft.pk)
    assert "保密审查" in draft.current_workflow_task_state.task.name
