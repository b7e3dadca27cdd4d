"""A file that was chosen by mistake can be taken out again, by finger or keys."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from consultation.models import Submission
from people.throttle import reset_limits
from tests.browser.citizen import fill_contact
from tests.browser.looking import objections
from tests.factories.consultation import make_draft
from tests.people.uploads.making import pdf

NewPage = Callable[..., Page]
OLD = {"name": "old.doc", "mimeType": "application/msword", "buffer": b"old"}
GOOD = {"name": "good.pdf", "mimeType": "application/pdf", "buffer": pdf()}


@pytest.fixture
def form(new_page: NewPage) -> Page:
    """The form on a small phone, with two files chosen."""
    reset_limits()
    page = new_page(320)
    page.goto(f"{make_draft().url}opinion/")
    page.locator("[type=file]").set_input_files([OLD, GOOD])
    return page


def chosen(page: Page) -> Any:
    return page.locator("[type=file]").evaluate("(input) => [...input.files].map((f) => f.name)")


def test_the_files_are_listed_and_taken_out_by_keys(form: Page) -> None:
    rows = form.get_by_role("list", name="已选的文件").get_by_role("listitem")
    expect(rows).to_have_count(2)
    assert objections(form) == []
    button = form.get_by_role("button", name="移除 old.doc")
    box = button.bounding_box()
    assert box is not None
    assert min(box["height"], box["width"]) >= 48
    button.focus()
    form.keyboard.press("Enter")
    expect(form.get_by_role("button", name="移除 good.pdf")).to_be_focused()
    expect(form.locator("[data-files-note]")).to_have_text("已移除 old.doc，还有 1 个文件")
    assert chosen(form) == ["good.pdf"]
    form.keyboard.press("Enter")
    expect(form.locator("[type=file]")).to_be_focused()
    expect(form.locator(".chosen-files")).to_be_hidden()
    assert chosen(form) == []


def test_after_a_refusal_the_wrong_file_goes_and_the_rest_is_sent(form: Page) -> None:
    form.get_by_label("意见内容").fill("附上照片。")
    fill_contact(form)
    form.locator("[data-submit]").click()
    expect(form.get_by_text("“old.doc”").first).to_be_visible()
    expect(form.locator(".chosen-files")).to_have_count(1)
    form.get_by_role("button", name="移除 old.doc").click()
    form.locator("[data-submit]").click()
    expect(form.get_by_role("heading", name="已收到您的意见")).to_be_visible()
    names = [file.name for file in Submission.objects.get().attachments.all()]
    assert names == ["good.pdf"]


def test_without_a_script_the_page_says_how(new_page: NewPage) -> None:
    page = new_page(320, java_script_enabled=False)
    page.goto(f"{make_draft().url}opinion/")
    expect(page.locator("[data-files-note]")).to_be_visible()
    expect(page.locator("[data-files-note]")).to_contain_text("请重新选择一次")
