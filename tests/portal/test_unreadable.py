"""Without the key of older rows: a page that says what to check, one line in the log, no 500."""

import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.codes import draw_code
from publishing.models import User
from tests.factories.consultation import make_draft, make_opinion

pytestmark = pytest.mark.django_db
OTHER_KEY = "another-key-0123456789abcdefghijklmnop"


@pytest.fixture
def opinion(settings: Any) -> Any:
    """An opinion whose contact and receipt were stored under a key that is gone."""
    opinion = make_opinion(make_draft(), "修路")
    settings.PEOPLE_KEYS = [OTHER_KEY]
    return opinion


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]


def test_staff_read_what_to_check(client: Client, opinion: Any, caplog: Any) -> None:
    client.force_login(User.objects.create_superuser("chief", "chief@example.org", "x"))
    response = client.get(reverse("desk:opinion", args=[opinion.pk]))
    assert response.status_code == 503
    assert "<h1>无法解密，请检查 PEOPLE_KEYS</h1>" in response.content.decode()
    assert errors(caplog) == ["personal data can't be decrypted: check PEOPLE_KEYS"]


def test_the_public_read_nothing_of_keys(client: Client, opinion: Any) -> None:
    number = opinion.submission.receipt.number
    response = client.post("/lookup/", {"number": number, "code": draw_code()})
    assert response.status_code == 503
    text = response.content.decode()
    assert ("<h1>暂时无法显示</h1>" in text, "PEOPLE_KEYS" in text) == (True, False)
    assert response["Cache-Control"] == "no-store"
