"""What a process keeps for visitors lasts one generation and half a minute, and nowhere else."""

import time
from collections.abc import Iterator
from itertools import count

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from publishing import kept as kept_module
from publishing.kept import MOST, SECONDS, generation, kept
from publishing.models import SiteProfile
from tests.factories.consultation import make_draft, make_home

_numbers: Iterator[int] = count(1)


@pytest.fixture
def first_generation() -> Iterator[None]:
    token = generation.set(f"generation-{next(_numbers)}")
    yield
    generation.reset(token)


def number() -> int:
    return next(_numbers)


def test_outside_of_a_visit_nothing_is_kept() -> None:
    assert generation.get() == ""
    assert kept("name", make=number) != kept("name", make=number)


@pytest.mark.usefixtures("first_generation")
def test_a_thing_is_made_once_under_its_name() -> None:
    first = kept("name", 1, make=number)
    assert kept("name", 1, make=number) == first
    assert kept("name", 2, make=number) != first


@pytest.mark.usefixtures("first_generation")
def test_another_generation_makes_it_anew() -> None:
    first = kept("name", make=number)
    generation.set(f"generation-{next(_numbers)}")
    assert kept("name", make=number) != first


@pytest.mark.usefixtures("first_generation")
def test_its_time_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept("name", make=number)
    now = time.monotonic()
    monkeypatch.setattr("publishing.kept.time.monotonic", lambda: now + SECONDS + 1)
    assert kept("name", make=number) != first


@pytest.mark.usefixtures("first_generation")
def test_what_is_not_there_is_looked_for_again() -> None:
    assert [kept("name", make=lambda: None), kept("name", make=lambda: "there")] == [None, "there"]


@pytest.mark.usefixtures("first_generation")
def test_it_does_not_grow_without_end() -> None:
    for name in range(MOST + 10):
        kept(name, make=number)
    assert len(kept_module._kept) <= MOST


@pytest.mark.django_db
def test_pages_on_the_way_profile_and_menu_are_asked_for_once(client: Client) -> None:
    draft = make_draft()
    cache.clear()
    counts = []
    for fresh in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(draft.url, {"fresh": fresh}).status_code == 200
        counts.append(len(queries))
    assert counts[1:] == [counts[2]] * 2
    assert counts[1] < counts[0] / 2


@pytest.mark.django_db
def test_after_a_visit_the_process_sees_what_is_there_now(client: Client) -> None:
    home = make_home()
    client.get(home.url)
    SiteProfile.objects.update(site_title="新名称")
    assert SiteProfile.for_site(home.get_site()).site_title == "新名称"
    assert generation.get() == ""


@pytest.mark.django_db
def test_the_admin_sees_restrictions_as_wagtail_gives_them() -> None:
    draft = make_draft()
    assert draft.get_view_restrictions().count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("above", [False, True])
def test_a_private_page_stays_private(client: Client, above: bool) -> None:
    draft = make_draft()
    page = draft.get_parent() if above else draft
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )
    cache.clear()
    assert [client.get(draft.url, {"fresh": n}).status_code for n in range(2)] == [302, 302]


@pytest.mark.django_db
def test_an_unknown_page_is_not_found(client: Client) -> None:
    draft = make_draft()
    assert client.get(f"{draft.get_parent().url}nothing/").status_code == 404
