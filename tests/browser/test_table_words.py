"""The editor of tables speaks Chinese, and says nothing to the console."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from consultation.enums import Phase
from publishing.models import User
from tests.browser.test_desk import enter
from tests.factories.consultation import make_draft


@pytest.fixture
def chief(django_db_serialized_rollback: None, live_server: Any) -> User:
    return User.objects.create_superuser("chief", "chief@example.org", "x")


def test_the_table_editor_knows_chinese(
    new_page: Callable[..., Page], chief: User, live_server: Any
) -> None:
    draft = make_draft(Phase.UPCOMING)
    page = enter(new_page(), chief, live_server)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    cell = page.locator(".handsontable td", has_text="换证").first
    cell.click(button="right")
    page.locator(".htContextMenu td", has_text="在上方插入一行").first.wait_for()
    assert [text for text in said if "Language with code" in text] == []
