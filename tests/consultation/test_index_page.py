import pytest
from django.test import Client

from consultation.enums import Phase
from tests.factories.consultation import make_draft, make_index

pytestmark = pytest.mark.django_db


def shown(client: Client, query: str = "") -> str:
    page = client.get(make_index().url + query).content.decode()
    return page.partition("<main")[2].partition("</main>")[0]


def test_a_phase_chosen_shows_its_drafts_only(client: Client) -> None:
    upcoming, opened = make_draft(Phase.UPCOMING), make_draft(Phase.OPEN)
    every, chosen = shown(client), shown(client, "?phase=open")
    assert ("共 2 份草案" in every, upcoming.title in every, opened.title in every) == (True,) * 3
    assert ("共 1 份草案" in chosen, upcoming.title in chosen) == (True, False)
    assert 'href="?phase=open"' not in chosen
    assert f'href="{make_index().url}?phase=open" aria-current="true"' in chosen


def test_an_empty_phase_says_so(client: Client) -> None:
    make_draft(Phase.OPEN)
    assert "没有这个进度的草案" in shown(client, "?phase=overdue")


def test_an_unknown_phase_shows_all(client: Client) -> None:
    make_draft(Phase.OPEN)
    assert "共 1 份草案" in shown(client, "?phase=%27%3Cscript%3E")


def test_an_empty_column_says_so(client: Client) -> None:
    assert "还没有公布草案" in shown(client)
