"""What outlives a visit holds the permanent address, wherever it was asked from."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from consultation.enums import Phase
from consultation.views.poster import _qr
from people.throttle import reset_limits
from tests.factories.consultation import make_draft
from tests.factories.speaking import spoken

pytestmark = pytest.mark.django_db


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("prefix", ["", "/elder"], ids=["standard", "elder"])
def test_the_poster_carries_the_plain_address(client: Client, prefix: str) -> None:
    draft = make_draft()
    plain = f"http://localhost{draft.url}"
    page = body(client, f"{prefix}{draft.url}poster/")
    assert f'<p class="poster__address">{plain}</p>' in page
    assert _qr(plain) in page
    assert _qr(plain) != _qr(f"http://localhost/elder{draft.url}")


@pytest.mark.parametrize("prefix", ["", "/elder"], ids=["standard", "elder"])
def test_the_receipt_by_mail_carries_the_plain_address(
    client: Client, prefix: str, django_capture_on_commit_callbacks: Any
) -> None:
    reset_limits()
    draft = make_draft()
    data = spoken(draft, email="reader@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{prefix}{draft.url}opinion/", data).status_code == 200
    addresses = re.findall(r"https?://\S+", str(mail.outbox[0].body))
    assert addresses == [f"http://localhost{draft.url}"]


@pytest.mark.parametrize("prefix", ["", "/elder"], ids=["standard", "elder"])
def test_machines_are_told_the_plain_address(client: Client, prefix: str) -> None:
    draft = make_draft(Phase.ANSWERED)
    opened = make_draft(Phase.OPEN)
    page = body(client, prefix + draft.url)
    assert f'<meta name="Url" content="http://localhost{draft.url}">' in page
    feed = body(client, f"{prefix}/feed/")
    assert f"<link>http://localhost{opened.url}</link>" in feed
    assert "/elder/drafts" not in feed
    calendar = body(client, f"{prefix}/deadlines.ics").replace("\r\n ", "")
    assert f"URL:http://localhost{opened.url}\r\n" in calendar
    assert f"<loc>http://localhost{draft.url}</loc>" in body(client, f"{prefix}/sitemap.xml")


def test_the_elder_version_names_the_plain_one_as_the_original(client: Client) -> None:
    draft = make_draft()
    page = body(client, f"/elder{draft.url}versions/1/?all=1")
    expected = f'<link rel="canonical" href="http://testserver{draft.url}versions/1/?all=1">'
    assert expected in page
