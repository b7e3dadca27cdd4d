"""The pages of a draft as an anonymous reader gets them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from consultation.enums import Phase
from tests.factories.consultation import (
    make_clauses,
    make_draft,
    make_opinion,
    make_result,
    publish_again,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_is_shown(client: Client, phase: Phase) -> None:
    draft = make_draft(phase)
    response = client.get(draft.url)
    assert response.status_code == 200
    html = response.content.decode()
    assert f'status--{phase.value}">{phase.label}<' in html
    assert ("提意见</span>" in html) == (phase == Phase.OPEN)


@pytest.mark.parametrize("path", ["versions/", "versions/1/", "poster/", "opinion/"])
def test_the_other_pages_are_there(client: Client, path: str) -> None:
    draft = make_draft()
    assert client.get(draft.url + path).status_code == 200
