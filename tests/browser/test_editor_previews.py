"""The editor of an interpretation: previews of the page and of a block, the list of clauses."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from publishing.models import User
from tests.browser.test_desk import enter
from tests.factories.explaining import make_interpretation, question, questions
from tests.factories.interpretations import make_policy

NewPage = Callable[..., Page]


def test_page_and_blocks_are_previewed_and_clauses_are_chosen_from_a_list(
    new_page: NewPage, django_db_serialized_rollback: None, live_server: Any
) -> None:
    policy = make_policy()
    clause = policy.clauses[1].id
    asked = questions(question("停车收费吗？", clauses=[clause]))
    shown = make_interpretation(policy, live=False, body=[asked])
    chief = User.objects.create_superuser("chief", "chief@example.com", "x")
    page = enter(new_page(), chief, live_server)
    page.goto(reverse("wagtailadmin_pages:edit", args=[shown.pk]))
    chosen = page.get_by_role("combobox", name="条款").first
    expect(chosen).to_have_value(clause)
    assert chosen.locator("option").count() > 2
    page.locator("button.c-sf-add-button").last.click()
    page.locator("[role=listbox] button").first.click()
    block = page.frame_locator("iframe[src*='block-preview']")
    expect(block.get_by_role("heading", name="停车新规，看图就懂")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("[data-side-panel=preview] iframe").first
    expect(preview.get_by_role("heading", name="停车收费吗？")).to_be_visible()
