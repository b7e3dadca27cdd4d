"""A fresh installation links to itself by https, whatever its operator leaves as it is."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import Site

from tests.factories.consultation import make_draft

pytestmark = pytest.mark.django_db
take_address = import_module("portal.migrations.0003_site_address").take_address


@pytest.fixture
def installed(settings: Any) -> Any:
    """A site as Wagtail makes it, and the settings of a deployment."""
    make_draft(title="测试草案")
    Site.objects.update(hostname="localhost", port=80)
    settings.WAGTAILADMIN_BASE_URL = "https://minyi.example.org"
    return settings


def test_sitemap_and_feed_lead_to_https(client: Client, installed: Any) -> None:
    take_address(apps, None)
    Site.clear_site_root_paths_cache()
    for address in ("/sitemap.xml", "/feed/"):
        text = client.get(address).content.decode()
        shown = ("https://minyi.example.org/" in text, "http://minyi.example.org" in text)
        assert (address, *shown) == (address, True, False)


def test_a_site_that_was_named_stays(installed: Any) -> None:
    Site.objects.update(hostname="old.example.org")
    take_address(apps, None)
    assert Site.objects.get().root_url == "http://old.example.org"


def test_without_https_nothing_changes(installed: Any) -> None:
    installed.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
    take_address(apps, None)
    assert Site.objects.get().root_url == "http://localhost"
