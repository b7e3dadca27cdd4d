"""Public pages are cacheable, without cookies; the form and its answers never."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
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


@pytest.mark.parametrize("address", ["/feed/", "/deadlines.ics"])
def test_feeds_are_kept_no_longer_than_the_day_lasts(client: Client, address: str) -> None:
    draft = make_draft()
    for seconds in (7, 300):
        cache.clear()
        with time_machine.travel(draft.closes_at - timedelta(seconds=seconds + 0.5), tick=False):
            response = client.get(address)
            assert response["Cache-Control"] == f"public, max-age={seconds}"
