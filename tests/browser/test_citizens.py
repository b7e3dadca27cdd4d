"""Citizens' journeys in a real browser: with and without scripts, by keyboard, through bad nets."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from consultation.models import DecisionDraftPage, Opinion, Submission
from people.throttle import reset_limits
from tests.browser.test_look import AXE_OPTIONS, TOO_SMALL
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


def note(page: Page, clause: str, text: str) -> None:
    """Write a note at the clause and fold it in."""
    page.locator(f'a[data-clause="{clause}"]').click()
    page.keyboard.type(text)
    page.get_by_role("button", name="写好了，继续看").click()


def fill_contact(page: Page, phone: str = "138 0000 1111") -> None:
    page.get_by_label("联系电话").fill(phone)
    page.locator('label[for="id_consent"]').click()


def said() -> list[tuple[str, str]]:
    """What the register holds: block id (or nothing) and text, by number."""
    rows = Opinion.objects.order_by("number").select_related("clause")
    return [(str(row.clause.block_id) if row.clause else "", row.text) for row in rows]


def kept(page: Page) -> Any:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('opinions:'))")


def objections(page: Page) -> list[str]:
    """What axe and our own measures find on what is shown now."""
    violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    found = [f"{row['id']}: {node['target']}" for row in violations for node in row["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found + page.evaluate(TOO_SMALL, 48)


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


def press_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as a person does."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by Tab")


def test_a_network_that_is_cut_before_sending(
    new_context: Callable[..., BrowserContext], draft: Any
) -> None:
    context = new_context(320)
    page = context.new_page()
    page.goto(draft.url)
    note(page, clauses_of(draft)[0], "没有网络时写的意见。")
    page.locator(".hand-bar a").click()
    page.wait_for_selector('[data-captcha-widget] [data-state="verified"]')
    context.set_offline(True)
    fill_contact(page)
    page.get_by_role("button", name="提交意见").last.click()
    expect(page.locator("[data-submit]")).to_have_text(AGAIN, timeout=20_000)
    expect(page.locator("[data-speak-state]")).to_contain_text("还没有提交成功，没有收到回执")
    assert Submission.objects.count() == 0
    assert objections(page) == []
    context.set_offline(False)
    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_visible()
    assert [text for _clause, text in said()] == ["没有网络时写的意见。"]


def test_an_answer_that_was_lost_gives_one_row_and_its_receipt(
    new_page: NewPage, draft: Any
) -> None:
    page = new_page(360)
    page.goto(f"{draft.url}opinion/")
    page.get_by_label("意见内容").fill("回执丢在路上的意见。")
    fill_contact(page)
    lost: list[str] = []

    def lose(route: Route) -> None:
        """The server gets the form; its answer never reaches the phone."""
        if route.request.method != "POST" or len(lost) == 3:
            return route.continue_()
        lost.append(route.fetch().text())
        return route.abort()

    page.route("**/opinion/", lose)
    page.get_by_role("button", name="提交意见").last.click()
    expect(page.locator("[data-submit]")).to_have_text(AGAIN, timeout=20_000)
    assert Submission.objects.count() == 1
    page.reload()
    expect(page.get_by_label("意见内容")).to_have_value("回执丢在路上的意见。")
    fill_contact(page)
    page.get_by_role("button", name="提交意见").last.click()
    number = page.locator("#receipt-number")
    expect(number).to_have_text(Submission.objects.get().receipt.number)
    assert len(lost) == 3
    assert kept(page) == []


def test_what_was_written_after_a_lost_answer_is_not_dropped(new_page: NewPage, draft: Any) -> None:
    page = new_page(360)
    page.goto(f"{draft.url}opinion/")
    page.get_by_label("意见内容").fill("先写的。")
    fill_contact(page)
    page.route("**/opinion/", lambda route: lose_post(route))
    page.get_by_role("button", name="提交意见").last.click()
    expect(page.locator("[data-submit]")).to_have_text(AGAIN, timeout=20_000)
    page.unroute("**/opinion/")
    page.get_by_role("button", name="再写一条").click()
    page.keyboard.type("后写的。")
    page.locator("[data-submit]").click()
    expect(page.get_by_text("下面的内容没有提交")).to_be_visible()
    assert [text for _clause, text in said()] == ["先写的。"]
    page.goto(f"{draft.url}opinion/")
    expect(page.get_by_label("意见内容")).to_have_value("后写的。")
    fill_contact(page)
    page.locator("[data-submit]").click()
    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_visible()
    assert [text for _clause, text in said()] == ["先写的。", "后写的。"]


def lose_post(route: Route) -> None:
    if route.request.method == "POST":
        route.fetch()
        route.abort()
    else:
        route.continue_()


def test_a_double_click_makes_one_row(new_page: NewPage, draft: Any) -> None:
    page = new_page(360)
    page.goto(f"{draft.url}opinion/")
    page.get_by_label("意见内容").fill("点了两下的意见。")
    fill_contact(page)
    page.locator("[data-submit]").dblclick()
    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_visible()
    assert Submission.objects.count() == 1


def test_a_reloaded_tab_gets_its_receipt_back(new_page: NewPage, draft: Any) -> None:
    page = new_page(360)
    page.goto(f"{draft.url}opinion/")
    page.get_by_label("意见内容").fill("意见。")
    fill_contact(page)
    page.locator("[data-submit]").click()
    number = page.locator("#receipt-number").inner_text()
    page.reload()
    page.get_by_role("button", name="再看一次回执").click()
    expect(page.locator("#receipt-number")).to_have_text(number)
    assert Submission.objects.count() == 1


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


def test_closing_while_a_note_is_written(new_page: NewPage, draft: Any) -> None:
    with time_machine.travel(draft.closes_at - timedelta(seconds=6)):
        page = new_page(360)
        page.goto(draft.url)
        page.locator(f'a[data-clause="{clauses_of(draft)[0]}"]').click()
        page.keyboard.type("来不及提交的意见。")
        expect(page.locator('#standing[data-phase="closed"]')).to_be_visible(timeout=15_000)
        expect(page.locator(".note__state")).to_contain_text("征求意见刚刚结束")
        expect(page.locator(".note textarea")).to_have_value("来不及提交的意见。")
        expect(page.locator(".speak-mark, .hand-bar")).to_have_count(0)


def test_closing_while_the_form_is_filled_in(new_page: NewPage, draft: Any) -> None:
    with time_machine.travel(draft.closes_at - timedelta(minutes=1)) as clock:
        page = new_page(320)
        page.goto(f"{draft.url}opinion/")
        page.get_by_label("意见内容").fill("来不及提交的意见。")
        fill_contact(page)
        clock.move_to(draft.closes_at)
        page.locator("[data-submit]").click()
        expect(page.get_by_role("heading", name="现在不能在网上提意见")).to_be_focused()
        expect(page.get_by_label("整份草案")).to_have_value("来不及提交的意见。")
        assert objections(page) == []
    assert Submission.objects.count() == 0


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


def test_a_browser_that_keeps_nothing_leads_to_the_form(new_page: NewPage, draft: Any) -> None:
    page = new_page(360)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    page.goto(draft.url)
    first = clauses_of(draft)[0]
    page.locator(f'a[data-clause="{first}"]').click()
    page.wait_for_url(f"**/opinion/?clause={first}")
    page.get_by_label("意见内容").fill("存不下的意见。")
    fill_contact(page)
    page.locator("[data-submit]").click()
    expect(page.get_by_role("heading", name="已收到您的意见")).to_be_visible()
    assert said() == [(first, "存不下的意见。")]
