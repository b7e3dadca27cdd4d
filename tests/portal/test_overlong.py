"""A number that no column holds, in every address and parameter that takes an id: never an error.

Which addresses there are comes from the resolver, so that a new one is asked, too.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.converters import IntConverter

from publishing.ids import IdConverter
from publishing.models import User
from tests.consultation.desk import signed_in
from tests.factories.consultation import make_draft
from tests.factories.openday import publish
from tests.openday.desk import furnish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
OURS = ("consultation", "interpretations", "openday", "site")
OVERLONG = "9" * 20
# What else stands in an address, where Wagtail looks it up in a table of the program.
WORDS = {
    "app_label": "consultation",
    "model_name": "opinion",
    "content_type_app_name": "consultation",
    "content_type_model_name": "decisiondraftpage",
    "action": "review",
    "action_name": "approve",
}
# They end the session that asks.
LEAVING = ("/cms/login/", "/cms/logout/", "/_util/login/")
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)")
_READ = re.compile(r"(?:GET|POST)(?:\.get|\.getlist)?[\[(]\"([\w-]+)\"")


def patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every address as it is written, with what it leads to."""
    for one in resolver.url_patterns:
        written = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from patterns(one, written)
        else:
            yield written, one


def filled(written: str) -> str:
    """The number in place of every id, and of every word that isn't known."""
    put = _PLACE.sub(lambda place: WORDS.get(place[1] or place[2], OVERLONG), written)
    return "/" + re.sub(r"\\(.)", r"\1", put).replace("^", "").replace("$", "")


def addresses(*, with_id: bool) -> list[str]:
    found = {filled(written) for written, _pattern in patterns(get_resolver())}
    return sorted(one for one in found if (OVERLONG in one) == with_id and one not in LEAVING)


def parameters() -> dict[str, str]:
    """Every name that our code reads from a query or a form, with the number."""
    files = [path for room in OURS for path in (ROOT / room).rglob("*.py")]
    return dict.fromkeys((n for path in files for n in _READ.findall(path.read_text())), OVERLONG)


def failed(replies: dict[str, int]) -> dict[str, int]:
    """What failed; nothing may have been kept out by a page to sign in."""
    assert 302 not in replies.values()
    return {asked: status for asked, status in replies.items() if status >= 500}


@pytest.fixture
def chief() -> Client:
    furnish()
    client = signed_in(User.objects.create_superuser("chief", "chief@example.com", "x"))
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_fails(chief: Client, method: str) -> None:
    asked = addresses(with_id=True)
    assert len(asked) > 100
    replies = {address: getattr(chief, method)(address).status_code for address in asked}
    assert failed(replies) == {}


def test_no_parameter_fails(chief: Client) -> None:
    asked = addresses(with_id=False)
    assert len(asked) > 100
    replies = {at: chief.get(at, parameters(), follow=True).status_code for at in asked}
    assert failed(replies) == {}


def test_below_a_page_it_is_no_address(client: Client) -> None:
    replies, converters = {}, []
    for page in (make_draft(), publish(furnish().event)):
        for route in page.get_subpage_urls():
            if OVERLONG in (below := filled(str(route.pattern))):
                replies[below] = client.get(page.url.rstrip("/") + below).status_code
                converters += route.pattern.converters.values()
    assert sorted(replies.values()) == [404] * 4
    assert {type(converter) for converter in converters} == {IdConverter}


def test_our_own_addresses_say_so_themselves() -> None:
    """But for Wagtail's API, and the privacy notice's, whose room doesn't know the converter."""
    own = tuple(f"cms/{name}/" for name in ("unit", "holidayday", "audiences", "reason-templates"))
    any_number = [
        written
        for written, pattern in patterns(get_resolver())
        if not written.startswith("cms/api/")
        if written.startswith(own)
        or not pattern.callback.__module__.startswith(("wagtail", "django"))
        for converter in pattern.pattern.converters.values()
        if isinstance(converter, IntConverter) and not isinstance(converter, IdConverter)
    ]
    assert any_number == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("documents/chooser/word/", 404),
        ("images/chooser/word/", 404),
        ("snippets/choose/people/privacynotice/chosen/word/", 404),
        ("images/chooser/?q=a&tag=b", 400),
        ("images/chooser/results/?q=a&tag=b", 400),
        ("images/chooser/results/?tag=b", 200),
        ("login/?next=nowhere", 400),
        ("login/?next=/cms/", 302),
        ("tag-autocomplete/?term=%00", 400),
    ],
)
def test_what_no_screen_asks_for(chief: Client, address: str, status: int) -> None:
    """Wagtail's views, or PostgreSQL, would fail at it."""
    assert chief.get(f"/cms/{address}").status_code == status
