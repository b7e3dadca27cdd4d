"""What no longer holds is told to nobody, by no channel."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notify.models import Message
from notify.services import (
    NotToPhone,
    deliver,
    delivery,
    record_phoned,
    sweep,
    withdraw_messages,
)
from people.services import create_contact

from ..making import message, staff, unit

pytestmark = pytest.mark.django_db


def reminder(contact, key, **more):
    return message(contact, kind="reminder", dedupe_key=key, **more)


def withdraw(prefix="reminder-7-"):
    return withdraw_messages(kind="reminder", dedupe_prefix=prefix)


def states():
    return dict(Message.objects.values_list("dedupe_key", "state"))


def test_what_waits_is_taken_back_once_and_all_else_stays(mailserver, contact):
    later = timezone.now() + timedelta(days=3)
    for key in ("reminder-7-1", "reminder-7-2", "reminder-71-1"):
        reminder(contact, key, after=later)
    message(contact, kind="receipt", dedupe_key="reminder-7-receipt", after=later)
    assert (withdraw(), withdraw()) == (2, 0)
    assert states() == {
        "reminder-7-1": "withdrawn",
        "reminder-7-2": "withdrawn",
        "reminder-71-1": "queued",
        "reminder-7-receipt": "queued",
    }
    Message.objects.filter(state="queued").update(next_try_at=timezone.now())
    sweep()
    assert len(mailserver.mails) == 2


def test_what_was_sent_or_phoned_stays_and_who_waits_for_a_call_is_not_called(contact, settings):
    office = unit()
    clerk = staff(office, "notify.change_message")
    sent = reminder(contact, "reminder-7-sent")
    deliver(message_id=sent.pk)
    settings.NOTIFY_EMAIL = False
    phoned, waiting = (reminder(contact, f"reminder-7-{n}", unit=office) for n in ("p", "w"))
    record_phoned(message_id=phoned.pk, user=clerk)
    assert withdraw() == 1
    assert states() == {
        "reminder-7-sent": "sent",
        "reminder-7-p": "phoned",
        "reminder-7-w": "withdrawn",
    }
    assert list(Message.objects.to_phone()) == []
    with pytest.raises(NotToPhone):
        record_phoned(message_id=waiting.pk, user=clerk)


def test_a_key_that_was_withdrawn_stays_so(mailserver, contact):
    row = reminder(contact, "reminder-7-1")
    withdraw()
    assert (reminder(contact, "reminder-7-1").pk, sweep(), mailserver.mails) == (row.pk, 0, [])


def test_what_a_worker_was_sending_is_sent_or_withdrawn_as_it_turns_out(mailserver, contact):
    out, back = reminder(contact, "reminder-7-1"), reminder(contact, "reminder-7-2")
    delivery._take(out.pk)
    lease = delivery._take(back.pk)
    assert withdraw() == 2
    delivery._mark_sent(out)
    delivery._queue_again(back, lease, timedelta(0), "稍后", attempts=1)
    assert states() == {"reminder-7-1": "sent", "reminder-7-2": "withdrawn"}
    assert sweep() == 0


def test_a_prefix_that_would_also_be_anothers_is_refused(contact):
    reminder(create_contact(email="other@example.com"), "reminder-71")
    with pytest.raises(ValueError, match="ends in"):
        withdraw("reminder-7")
    assert states() == {"reminder-71": "queued"}
