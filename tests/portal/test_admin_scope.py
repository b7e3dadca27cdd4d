"""No screen of Wagtail's admin shows an editor the unpublished title of another unit's page."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.converters import IntConverter
from wagtail.models import Page

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from publishing.enums import Role
from publishing.models import User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft

pytestmark = pytest.mark.django_db
SECRET = "尚未公开的标题"


def addresses(patterns: Any, space: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        elif pattern.name:
            yield space + pattern.name, pattern.pattern.converters


def filled_in(page: DecisionDraftPage) -> Iterator[str]:
    """Every address of the admin, with the page's id or type wherever one is asked for."""
    cms = next(space for space in get_resolver().url_patterns if str(space.pattern) == "cms/")
    words = {"app_label": "consultation", "model_name": "decisiondraftpage"}
    for name, converters in addresses(cms.url_patterns):
        values = {
            key: page.pk if isinstance(converter, IntConverter) else words.get(key, "latest")
            for key, converter in converters.items()
        }
        try:
            yield reverse(name, kwargs=values)
        except NoReverseMatch:
            # A word that fits none of the choices of the pattern: not about pages.
            continue


def shows_the_secret(client: Client, address: str) -> bool:
    reply = client.get(address)
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    text = body.decode(errors="replace")
    return SECRET in text or json.dumps(SECRET)[1:-1] in text


@pytest.fixture
def editor() -> Client:
    unit = make_office("党政办")
    make_draft(Phase.OPEN, unit=unit)
    return signed_in(make_officer(unit, Role.EDITOR))


def pages_with_a_secret() -> list[DecisionDraftPage]:
    """One that was never published, and one that is public under another title."""
    unit = make_office("农业办")
    hidden = make_draft(Phase.OPEN, unit=unit, title=f"{SECRET}一", live=False)
    public = make_draft(Phase.OPEN, unit=unit, title="公开的标题")
    public.title = f"{SECRET}二"
    public.save_revision()
    return [hidden, public]


@pytest.mark.slow
def test_no_address_of_the_admin_shows_it(editor: Client) -> None:
    leaks = []
    for page in pages_with_a_secret():
        for address in filled_in(page):
            leaks += [
                f"{address}{query}"
                for query in ("", f"?id={page.pk}", f"?q={SECRET[:3]}", "?id=all")
                if shows_the_secret(editor, f"{address}{query}")
            ]
    assert leaks == []


def test_the_owner_and_the_administrator_still_choose_it() -> None:
    hidden, _public = pages_with_a_secret()
    owner = make_officer(hidden.unit, Role.EDITOR)
    chief = User.objects.create_superuser("chief", "chief@example.com", "x")
    address = reverse("wagtailadmin_choose_page_child", args=[hidden.get_parent().pk])
    for user in (owner, chief):
        assert hidden.title in signed_in(user).get(address).json()["html"]


def test_public_pages_of_other_units_can_be_linked_to(editor: Client) -> None:
    page = make_draft(Phase.OPEN, unit=make_office("农业办"), title="别单位的草案")
    address = reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk])
    assert page.title in editor.get(address).json()["html"]


def test_two_reports_are_for_administrators(editor: Client) -> None:
    for name in ("site_history", "page_types_usage"):
        address = reverse(f"wagtailadmin_reports:{name}")
        reply = editor.get(address)
        assert (reply.status_code, reply["Location"]) == (302, reverse("wagtailadmin_home"))
        chief = User.objects.create_superuser(name, "chief@example.com", "x")
        assert signed_in(chief).get(address).status_code == 200


def test_the_root_of_the_tree_has_no_place_among_others(editor: Client) -> None:
    """Wagtail asks its parent who may move it, and it has none."""
    root = Page.get_first_root_node()
    editor.raise_request_exception = False
    address = reverse("wagtailadmin_pages:set_page_position", args=[root.pk])
    assert editor.post(address).status_code == 404
