"""Citizens' journeys in a real browser: with and without scripts, by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from consultation.models import DecisionDraftPage, Submission
from people.throttle import reset_limits
from tests.browser.citizen import fill_contact, kept, note, press_to, said
from tests.browser.looking import objections
from tests.factories.consultation import make_clauses, make_draft, make_submission
from tests.factories.speaking import clauses_of
from tests.people.captcha.test_question import answer_to

pytestmark = pytest.mark.slow

NewPage = Callable[..., Page]
AGAIN = "未发送，联网后点此重试"


@pytest.fixture
def draft(new_context: object) -> DecisionDraftPage:
    reset_limits()
    return make_draft(clauses=make_clauses(4))


def test_notes_at_two_clauses_are_sent_together(new_page: NewPage, draft: Any) -> None:
    first, second, third, *_rest = clauses_of(draft)
    page = new_page(360)
    page.goto(draft.url)
    note(page, first, "建议周日也开放。")
    note(page, third, "时限再短一些。")
    expect(page.locator(".note__kept")).to_have_count(2)
    page.reload()
    expect(page.locator(".note__kept").first).to_contain_text("建议周日也开放。")
    assert objections(page) == []
    page.locator(".hand-bar").get_by_role("link", name="去提交（2条）").click()
    fill_contact(page)
    page.get_by_role("button", name="提交意见").last.click()
    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_focused()
    assert said() == [(first, "建议周日也开放。"), (third, "时限再短一些。")]
    submission = Submission.objects.get()
    assert submission.held_for_review is False
    assert page.locator("#receipt-number").inner_text() == submission.receipt.number
    assert submission.receipt.code not in page.url
    assert kept(page) == []
    assert objections(page) == []
    page.goto(draft.url)
    expect(page.locator(".note__kept")).to_have_count(0)
    assert second != first


def test_a_note_can_be_changed_and_deleted(new_page: NewPage, draft: Any) -> None:
    first, second, *_rest = clauses_of(draft)
    page = new_page(1280)
    page.goto(draft.url)
    note(page, first, "初稿。")
    note(page, second, "不要了。")
    page.locator(f'a[data-clause="{first}"]').click()
    page.keyboard.press("End")
    page.keyboard.type("改过。")
    page.locator(f'a[data-clause="{second}"]').click()
    page.locator(f"#c-{second}").get_by_role("button", name="删除").click()
    page.goto(f"{draft.url}opinion/")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.get_by_label("意见内容")).to_have_value("初稿。改过。")
    page.get_by_role("button", name="再写一条").click()
    expect(page.get_by_label("意见内容").nth(1)).to_be_focused()
    page.keyboard.type("整体上赞成。")
    page.get_by_role("button", name="删除这一条").first.click()
    expect(page.get_by_label("意见内容")).to_have_value("整体上赞成。")
    page.reload()
    expect(page.get_by_label("意见内容")).to_have_value("整体上赞成。")


def test_without_scripts(new_page: NewPage, draft: Any) -> None:
    first, second, *_rest = clauses_of(draft)
    page = new_page(320, java_script_enabled=False)
    page.goto(draft.url)
    page.locator(f'a[data-clause="{first}"]').click()
    assert page.get_by_label("针对哪一条").input_value() == first
    page.get_by_label("意见内容").fill("第一条意见。")
    page.get_by_label("联系电话").fill("13800001111")
    page.get_by_role("button", name="再写一条").click()
    page.get_by_label("意见内容").nth(1).fill("第二条意见。")
    page.get_by_label("针对哪一条").nth(1).select_option(second)
    page.get_by_role("button", name="提交意见").last.click()
    assert "请阅读个人信息保护告知" in page.locator(".error-summary").inner_text()
    page.get_by_text("个人信息保护告知（第 1 版）").click()
    page.locator('label[for="id_consent"]').click()
    question = page.locator("[data-captcha-question] label").inner_text().partition("：")[2]
    page.get_by_label("验证问题").fill(answer_to(question))
    page.get_by_role("button", name="提交意见").last.click()
    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_visible()
    assert said() == [(first, "第一条意见。"), (second, "第二条意见。")]
    assert Submission.objects.get().held_for_review is True


def test_enter_in_a_field_sends_and_adds_no_row(new_page: NewPage, draft: Any) -> None:
    page = new_page(360, java_script_enabled=False)
    page.goto(f"{draft.url}opinion/")
    page.get_by_label("联系电话").press("Enter")
    assert page.locator(".error-summary").is_visible()
    assert page.locator("[data-row]").count() == 1


def test_by_keyboard_alone(new_page: NewPage, draft: Any) -> None:
    first, *_rest = clauses_of(draft)
    page = new_page(1280)
    page.goto(draft.url)
    press_to(page, f'a[data-clause="{first}"]')
    page.keyboard.press("Enter")
    page.keyboard.type("用键盘写的意见。")
    press_to(page, ".note a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/opinion/")
    press_to(page, "#id_phone")
    page.keyboard.type("13800001111")
    press_to(page, "#id_consent")
    page.keyboard.press("Space")
    press_to(page, "[data-submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_focused()
    assert said() == [(first, "用键盘写的意见。")]


def test_mistakes_are_named_and_chosen_files_stay(
    new_page: NewPage, draft: Any, tmp_path: Any
) -> None:
    picture = tmp_path / "现场.txt"
    picture.write_text("不是图片")
    page = new_page(320)
    page.goto(f"{draft.url}opinion/")
    page.get_by_label("意见内容").fill("写好的意见。")
    page.get_by_label("附件").set_input_files(picture)
    page.get_by_role("button", name="提交意见").last.click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(3)
    expect(page.get_by_label("意见内容")).to_have_value("写好的意见。")
    assert page.get_by_label("附件").evaluate("(input) => input.files[0].name") == "现场.txt"
    summary.get_by_role("link", name="请填写联系电话。").click()
    expect(page.get_by_label("联系电话")).to_be_focused()
    assert objections(page) == []
    page.get_by_label("附件").set_input_files([])
    fill_contact(page)
    page.locator("[data-submit]").click()
    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_opinion_is_looked_up_and_taken_back(
    new_page: NewPage, draft: Any, scripts: bool
) -> None:
    receipt = make_submission(draft, "要撤回的意见。", "留下的意见。").receipt
    page = new_page(320, java_script_enabled=scripts)
    page.goto("/lookup/")
    page.get_by_label("回执编号").fill(receipt.number)
    page.get_by_label("查询码").fill(receipt.code.lower())
    page.get_by_label("查询码").press("Enter")
    page.get_by_role("button", name="撤回1号意见").click()
    page.get_by_role("button", name="确定撤回").click()
    assert "1号意见已撤回。" in page.locator(".notice").inner_text()
    assert [row.number for row in draft.opinions.withdrawn()] == [1]
    assert receipt.code not in page.url
    if scripts:
        assert objections(page) == []


def test_contents_at_hand_on_a_narrow_screen(new_page: NewPage, draft: Any) -> None:
    last = clauses_of(draft)[-1]
    for scripts in (True, False):
        page = new_page(360, java_script_enabled=scripts)
        page.goto(draft.url)
        page.locator(".hand-toc summary").click()
        page.locator(f'.hand-toc a[href="#c-{last}"]').click()
        assert page.locator(f"#c-{last}").bounding_box()["y"] < 400
        assert page.locator(".hand-toc nav").is_visible() is not scripts
