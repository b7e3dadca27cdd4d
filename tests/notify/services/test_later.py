"""What is enqueued ahead does nothing before its time, and then everything."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from notify.models import Message
from notify.services import Notice, deliver, enqueue_many, record_phoned, sweep, undo_phoned
from people.services import create_contact

from ..making import message, staff, unit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
LATER = NOON + timedelta(days=20)


def state(row):
    kept = Message.objects.get(pk=row.pk)
    return (kept.state, kept.error)


def test_a_reminder_goes_out_at_its_time_and_not_before(
    mailserver, contact, django_capture_on_commit_callbacks
):
    with time_machine.travel(NOON, tick=False) as clock:
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            row = message(contact, after=LATER)
            many = [Notice(contact, "r", "标", "文", f"many-{n}", after=LATER) for n in range(2)]
            assert enqueue_many(many) == 2
        clock.move_to(LATER - timedelta(seconds=1))
        assert (callbacks, sweep(), deliver(message_id=row.pk)) == ([], 0, True)
        clock.move_to(LATER)
        assert (sweep(), state(row), len(mailserver.mails)) == (3, ("sent", ""), 3)


def test_a_time_that_is_past_means_now(mailserver, contact, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = message(contact, after=NOON - timedelta(days=400))
    assert state(row) == ("sent", "")


@pytest.mark.parametrize(
    ("configured", "error"), [(True, "没有可用的发送渠道"), (False, "未配置发送渠道")]
)
def test_who_must_be_phoned_stands_on_the_list_from_that_time_on(db, settings, configured, error):
    settings.NOTIFY_EMAIL = configured
    office = unit()
    with time_machine.travel(NOON, tick=False) as clock:
        row = message(create_contact(phone="13800001234"), unit=office, after=LATER)
        sweep()
        assert (state(row), list(Message.objects.to_phone())) == (("queued", ""), [])
        clock.move_to(LATER)
        sweep()
        assert (state(row), list(Message.objects.to_phone())) == (("unsent", error), [row])
        clerk = staff(office, "notify.change_message")
        record_phoned(message_id=row.pk, user=clerk)
        assert undo_phoned(message_id=row.pk, user=clerk).state == "unsent"


def test_the_day_of_an_outage_begins_when_the_message_was_due(mailserver, contact):
    mailserver.manner = "drop"
    with time_machine.travel(NOON, tick=False) as clock:
        row = message(contact, after=LATER)
        clock.move_to(LATER + timedelta(hours=24))
        deliver(message_id=row.pk)
        assert state(row)[0] == "queued"
        clock.shift(timedelta(minutes=1))
        deliver(message_id=row.pk)
        assert state(row)[0] == "failed"
