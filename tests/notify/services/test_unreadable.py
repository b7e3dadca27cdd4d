"""A key that is missing delays the messages that it would open, and no others."""

import pytest
import time_machine
from django.utils import timezone

from notify.models import Message
from notify.services import delivery, sweep
from people.services import create_contact

from ..making import message

pytestmark = pytest.mark.django_db


def standing(row):
    kept = Message.objects.get(pk=row.pk)
    return (kept.state, kept.attempts)


def test_what_no_key_opens_waits_and_holds_up_nobody(mailserver, contact, settings):
    stuck = message(contact)
    right = settings.PEOPLE_KEYS
    settings.PEOPLE_KEYS = ["another-key-that-was-put-in-by-mistake-0123"]
    other = message(create_contact(phone="13800000009", email="other@example.com"))
    assert sweep() == 2
    assert [mail["To"] for mail in mailserver.mails] == ["other@example.com"]
    settings.PEOPLE_KEYS = [*settings.PEOPLE_KEYS, *right]
    assert [standing(row) for row in (other, stuck)] == [("sent", 1), ("queued", 0)]
    with time_machine.travel(timezone.now() + delivery.UNREADABLE_PAUSE, tick=False):
        assert sweep() == 1
    assert standing(stuck) == ("sent", 1)
