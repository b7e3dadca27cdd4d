"""Citizens in trouble: nets cut, answers lost, the period over, a browser that keeps nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import BrowserContext, Page, Route, expect

from consultation.models import DecisionDraftPage, Submission
from people.throttle import reset_limits
from tests.browser.citizen import fill_contact, kept, note, said
from tests.browser.looking import objections
from tests.factories.consultation import make_clauses, make_draft
from tests.factories.speaking import clauses_of

pytestmark = pytest.mark.slow

NewPage = Callable[..., Page]
AGAIN = "未发送，联网后点此重试"


@pytest.fixture
def draft(new_context: object) -> DecisionDraftPage:
    reset_limits()
    return make_draft(clauses=make_clauses(4))


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


def test_more_notes_than_one_sending_takes_are_told_of(new_page: NewPage, draft: Any) -> None:
    page = new_page(360)
    page.goto(draft.url)
    page.evaluate(
        """(key) => {
          const notes = [...Array(22).keys()].map((at) => [at, { clause: "", text: `意见${at}` }]);
          localStorage.setItem(key, JSON.stringify({ notes: Object.fromEntries(notes) }));
        }""",
        f"opinions:{draft.pk}",
    )
    page.goto(f"{draft.url}opinion/")
    told = "您写了 22 条，一次最多提交 20 条。其余 2 条还在这台设备上"
    expect(page.locator("[data-speak-state]")).to_contain_text(told)
    expect(page.locator("[data-row]")).to_have_count(20)


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


def test_notes_that_were_never_sent_are_given_back_after_closing(
    new_page: NewPage, draft: Any
) -> None:
    page = new_page(360)
    page.goto(draft.url)
    note(page, clauses_of(draft)[0], "忘了提交的意见。")
    with time_machine.travel(draft.closes_at):
        page.goto(f"{draft.url}?later")
        expect(page.locator(".notice .note__kept")).to_have_text("忘了提交的意见。")
        assert objections(page) == []
        page.get_by_role("button", name="从这台设备清除").click()
        page.reload()
        expect(page.locator(".notice")).to_have_count(0)
    assert kept(page) == []
