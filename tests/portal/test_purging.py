"""Nobody waits for the old page after a publication."""

from typing import Any

import pytest
from django.core.cache import cache
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site

from publishing.models import SiteProfile
from tests.factories.consultation import make_draft, make_index, make_unit, publish_again

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("change", ["publish", "unpublish"])
def test_a_changed_page_is_not_answered_from_the_cache(
    client: Client, change: str, django_capture_on_commit_callbacks: Any
) -> None:
    draft = make_draft()
    cache.clear()
    first = client.get(draft.url)
    assert "便民服务" in first.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        publish_again(
            draft, summary="改过的内容提要。"
        ) if change == "publish" else draft.unpublish()
    again = client.get(draft.url)
    seen = (again.status_code, "改过的内容提要。" in again.content.decode())
    assert seen == ((200, True) if change == "publish" else (404, False))


def test_a_page_that_becomes_private_is_not_answered_from_the_cache(
    client: Client, admin_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    draft = make_draft()
    cache.clear()
    privacy = f"/cms/pages/{draft.pk}/privacy/"
    for kind, code in (("none", 200), ("login", 302), ("none", 200)):
        with django_capture_on_commit_callbacks(execute=True):
            admin_client.post(privacy, {"restriction_type": kind})
        assert client.get(draft.url).status_code == code


def test_what_a_site_says_of_itself_is_seen_once_it_is_saved(
    client: Client, admin_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    draft = make_draft()
    profile = SiteProfile.for_site(Site.objects.get())
    cache.clear()
    client.get(draft.url)
    said = {key: value or "" for key, value in model_to_dict(profile).items()}
    said["contact_phone"] = "010-00000099"
    with django_capture_on_commit_callbacks(execute=True):
        address = reverse(
            "wagtailsettings:edit", args=["publishing", "siteprofile", profile.site_id]
        )
        admin_client.post(address, said)
    assert "010-00000099" in client.get(draft.url).content.decode()


@pytest.mark.parametrize("route", ["pages/{}/move/{}/confirm/", "bulk"])
def test_a_column_moved_below_a_private_one_neither(
    client: Client, admin_client: Client, route: str, django_capture_on_commit_callbacks: Any
) -> None:
    column, other = make_index(make_unit()), make_index(make_unit())
    PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
    cache.clear()
    assert client.get(column.url).status_code == 200
    address = route.format(column.pk, other.pk)
    if route == "bulk":
        address = f"bulk/wagtailcore/page/move/?id={column.pk}&next=/cms/"
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/cms/{address}", {"chooser": other.pk})
    assert client.get(column.url).status_code != 200
