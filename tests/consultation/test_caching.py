"""Public pages are cacheable, without cookies; the form and its answers never."""

import pytest
from django.test import Client

from consultation.enums import Phase
from tests.factories.consultation import make_draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("below", ["", "versions/", "versions/1/", "poster/"])
def test_what_is_the_same_for_everyone_may_be_kept(client: Client, below: str) -> None:
    response = client.get(make_draft().url + below)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=30"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED])
def test_the_form_is_never_kept(client: Client, phase: Phase) -> None:
    response = client.get(make_draft(phase).url + "opinion/")
    assert "no-store" in response["Cache-Control"]


def test_the_result_may_be_kept(client: Client) -> None:
    response = client.get(make_draft(Phase.ANSWERED).result.url)
    assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=30")
