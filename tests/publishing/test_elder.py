import pytest
from django.test import Client
from django.urls import get_script_prefix

from publishing.elder import elder_prefix, script_prefix, standard_addresses, standard_prefix
from tests.factories.consultation import make_home


@pytest.mark.parametrize("outer", ["/", "/minyi/"])
def test_the_two_prefixes_are_known_from_both_versions(outer: str) -> None:
    with script_prefix(outer):
        assert (standard_prefix(), elder_prefix()) == (outer, f"{outer}elder/")
        with script_prefix(elder_prefix()):
            assert (standard_prefix(), elder_prefix()) == (outer, f"{outer}elder/")
            with standard_addresses():
                assert get_script_prefix() == outer
            assert get_script_prefix() == f"{outer}elder/"
        assert get_script_prefix() == outer


def test_the_prefix_is_put_back_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), standard_addresses():
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), script_prefix("/elder/"):
        raise ZeroDivisionError
    assert get_script_prefix() == "/"


def test_a_name_that_only_ends_like_the_prefix_stays() -> None:
    with script_prefix("/welder/"):
        assert standard_prefix() == "/welder/"


@pytest.mark.django_db
def test_the_switch_keeps_to_the_place_where_the_site_is_mounted(client: Client) -> None:
    """Below a portal's path (URL_PREFIX) as well, and to this host whatever the path says."""
    make_home()
    with script_prefix("/minyi/"):
        page = client.get("/search/?q=a").content.decode()
        elder = client.get("/elder/search/").content.decode()
    assert 'href="/minyi/elder/search/?q=a"' in page
    assert 'href="/minyi/search/"\n         data-elder-switch' in elder
    assert 'href="//' not in client.get("/elder//evil.example/").content.decode()
