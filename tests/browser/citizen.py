"""What a citizen does on the pages, and what can then be seen."""

from typing import Any

from playwright.sync_api import Page

from consultation.models import Opinion


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


def press_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as a person does."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by Tab")
