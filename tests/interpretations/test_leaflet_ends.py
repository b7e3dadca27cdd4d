"""A leaflet's file goes with its page, and a machine that can't print says so and does the rest."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from interpretations.enums import Validity
from interpretations.leaflet import printing
from interpretations.models import InterpretationPage, Leaflet
from publishing.models import User
from tests.consultation.desk import signed_in
from tests.factories.explaining import make_interpretation
from tests.factories.interpretations import publish_policy_again
from tests.interpretations.leaflet_pages import made, text_of
from tests.interpretations.stale_cases import Case

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Route = Callable[[InterpretationPage, Client], object]


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief", "chief@example.com", "x")


def with_file(page: InterpretationPage) -> Leaflet:
    """As after printing, without the printing."""
    leaflet = Leaflet(page=page, number=1, digest="x", size=1, pages=1, made_at=timezone.now())
    leaflet.file.save("leaflet.pdf", ContentFile(b"%PDF-"), save=False)
    leaflet.save()
    return leaflet


def is_kept(leaflet: Leaflet) -> bool:
    return leaflet.file.storage.exists(leaflet.file.name)


def by_script(page: InterpretationPage, client: Client) -> object:
    return page.delete()


def by_explorer(page: InterpretationPage, client: Client) -> object:
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def by_bulk(page: InterpretationPage, client: Client) -> object:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return client.post(f"{address}?id={page.pk}")


def by_api(page: InterpretationPage, client: Client) -> object:
    return client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"]))


def with_its_column(page: InterpretationPage, client: Client) -> object:
    return by_explorer(page.get_parent(), client)


@pytest.mark.parametrize(
    "route",
    [by_script, by_explorer, by_bulk, by_api, with_its_column],
    ids=lambda route: route.__name__,
)
def test_a_deleted_page_takes_the_files_of_its_leaflets_along(
    route: Route, chief: User, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_interpretation()
    other, leaflet = with_file(make_interpretation()), with_file(page)
    with django_capture_on_commit_callbacks() as after:
        route(page, signed_in(chief))
    assert (Leaflet.objects.get(), is_kept(leaflet)) == (other, True)
    for call in after:
        call()
    assert (is_kept(leaflet), is_kept(other)) == (False, True)


def test_what_is_not_deleted_in_the_end_keeps_its_file(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = make_interpretation()
    leaflet = with_file(page)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        page.delete()
        transaction.set_rollback(True)
    assert (Page.objects.filter(pk=page.pk).exists(), is_kept(leaflet)) == (True, True)


def test_the_leaflet_of_a_repealed_policy_says_so_at_its_head(chief: User) -> None:
    case, day = Case(), timezone.localdate()
    publish_policy_again(case.policy, validity=Validity.REPEALED, validity_changed_on=day)
    text = text_of(made(case.page, chief))
    assert text.count("内容待更新：文件的有效性现在是“已废止") == 1
    assert text.index("内容待更新") < text.index("看图懂停车")


def test_without_pango_nothing_but_the_printing_is_lost(
    chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(name: str) -> Any:
        raise OSError("cannot load library 'libpango-1.0-0'")

    page, client = make_interpretation(), signed_in(chief)
    leaflet = with_file(page)
    monkeypatch.setattr(printing.importlib, "import_module", away)
    listed = reverse("leaflets:list", args=[page.pk])
    reply = client.post(reverse("leaflets:make", args=[page.pk]), follow=True)
    assert reply.redirect_chain == [(listed, 302)]
    assert printing.NO_LIBRARY in reply.content.decode()
    assert Leaflet.objects.get() == leaflet
    whole = [
        client.get(address).status_code
        for address in (
            listed,
            reverse("leaflets:download", args=[leaflet.pk]),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            page.url,
        )
    ]
    assert whole == [200, 200, 200, 200]
