"""Every screen of the seats' desk speaks Chinese."""

import re

import pytest
from django.urls import reverse

from tests.openday.desk import furnish
from tests.portal.test_admin_look import words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCREENS = [
    *(("event", "event"), ("add_session", "event"), ("change_session", "session")),
    *(("cancel_session", "session"), ("add_group", "session"), ("change_group", "group")),
    *(("remove_group", "group"), ("sign_in", "session"), ("call_slips", "session")),
    *(("export", "session"), ("import", "session"), ("draw", "drawn"), ("registration", "pending")),
]
# A commitment is written in hexadecimal; the officer is called "1-editor".
ALLOWED = {"Excel", "xlsx", "CSV", "csv", "editor"}


def test_every_screen_speaks_chinese() -> None:
    office = furnish()
    client = office.client()
    found = {}
    for name, row in SCREENS:
        page = client.get(reverse(f"seats:{name}", args=[getattr(office, row).pk]))
        spoken = set(re.findall(r"[A-Za-z]{3,}", words(page.content.decode())))
        found[name] = {word for word in spoken - ALLOWED if not re.fullmatch("[a-f]+", word)}
    assert {name: english for name, english in found.items() if english} == {}
