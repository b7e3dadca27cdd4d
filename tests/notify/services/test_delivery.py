import hashlib
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import current_app
from django.db import connection, connections
from django.utils import timezone

from notify.models import Message
from notify.services import deliver, delivery, sweep
from people.models import Contact
from people.services import create_contact

from ..mailserver import MailServer
from ..making import message

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


def row_of(row):
    return Message.objects.get(pk=row.pk)


def summary(row):
    kept = row_of(row)
    return (kept.state, kept.attempts, kept.error)


def test_a_mail_arrives_whole_and_says_that_a_program_sent_it(mailserver, contact):
    row = message(
        contact, subject="意见采纳情况：测试草案（第二稿）", body="第一行\n.第二行\n" + "长" * 2000
    )
    assert deliver(message_id=row.pk) is True
    mail = mailserver.mails[0]
    assert (mail["Subject"].strip(), mail["To"]) == (row.subject, "reader@example.com")
    assert mail["From"] == "测试乡政民互动平台 <noreply@town.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@town.example>")
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == row.body
    assert summary(row) == ("sent", 1, "")
    assert row_of(row).sent_at is not None


def test_what_was_sent_is_not_sent_again(mailserver, contact):
    row = message(contact)
    for _run in range(3):
        deliver(message_id=row.pk)
        sweep()
    assert (len(mailserver.mails), summary(row)) == (1, ("sent", 1, ""))


def test_the_message_id_follows_from_the_key(mailserver, contact):
    """A server that took the mail and died before it said so gets the same mail again."""
    mailserver.manner = "forget"
    row = message(contact)
    assert deliver(message_id=row.pk) is False
    mailserver.manner = "take"
    Message.objects.update(next_try_at=timezone.now())
    deliver(message_id=row.pk)
    ids = [mail["Message-ID"] for mail in mailserver.mails]
    assert (len(ids), len(set(ids)), row_of(row).state) == (2, 1, "sent")
    other = message(contact)
    deliver(message_id=other.pk)
    assert mailserver.mails[-1]["Message-ID"] != ids[0]


@pytest.mark.parametrize("manner", ["hang", "drop"])
def test_a_server_that_hangs_or_drops_leaves_the_message_waiting(mailserver, contact, manner):
    mailserver.manner = manner
    row = message(contact)
    with time_machine.travel(timezone.now(), tick=False):
        assert deliver(message_id=row.pk) is False
        waiting = row_of(row)
        assert (waiting.state, waiting.attempts) == ("queued", 0)
        assert waiting.next_try_at == timezone.now() + timedelta(seconds=30)
        assert waiting.error.startswith("邮件服务器不可用")


def test_after_an_outage_everything_goes_out_once_within_two_minutes(mailserver, contact):
    rows = [message(contact) for _ in range(30)]
    port = mailserver.port
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mailserver.stop()
        for _minute in range(60):
            sweep()
            clock.shift(timedelta(minutes=1))
        assert {row_of(row).state for row in rows} == {"queued"}
        back = MailServer(port)
        sweep()
        clock.shift(timedelta(minutes=1))
        sweep()
        assert {row_of(row).state for row in rows} == {"sent"}
        assert len({mail["Message-ID"] for mail in back.mails}) == len(back.mails) == 30
        back.stop()
    mailserver.release.set()


def test_a_sweep_during_an_outage_knocks_once(mailserver, contact):
    mailserver.manner = "drop"
    for _ in range(5):
        message(contact)
    sweep()
    assert mailserver.connections == 1


def test_a_day_of_outage_ends_on_the_call_list(mailserver, contact):
    mailserver.manner = "drop"
    with time_machine.travel(NOON, tick=False) as clock:
        row = message(contact)
        clock.shift(timedelta(hours=24))
        deliver(message_id=row.pk)
        assert row_of(row).state == "queued"
        clock.shift(timedelta(minutes=1))
        deliver(message_id=row.pk)
        assert row_of(row).state == "failed"
        assert list(Message.objects.to_phone()) == [row]


def test_a_refusal_for_now_is_tried_later_and_later_and_then_fails(mailserver, contact):
    mailserver.replies["RCPT"] = "451 later"
    waits = []
    with time_machine.travel(NOON, tick=False) as clock:
        row = message(contact)
        while row_of(row).state == "queued":
            deliver(message_id=row.pk)
            waiting = row_of(row)
            if waiting.next_try_at:
                waits.append((waiting.next_try_at - timezone.now()) / timedelta(minutes=1))
                clock.move_to(waiting.next_try_at)
    assert waits == [1, 2, 4, 8, 16, 32, 64]
    assert summary(row) == ("failed", 8, "邮件服务器拒收（451）")


@pytest.mark.parametrize(("command", "reply"), [("RCPT", "550 no"), ("DATA", "554 no")])
def test_a_refusal_for_good_goes_to_the_call_list_at_once(mailserver, contact, command, reply):
    mailserver.replies[command] = reply
    row = message(contact)
    assert deliver(message_id=row.pk) is True
    assert summary(row) == ("failed", 1, f"邮件服务器拒收（{reply[:3]}）")


@pytest.mark.parametrize(
    ("command", "reply"), [("RCPT", "421 closing"), ("MAIL", "550 not you"), ("DATA", "421 x")]
)
def test_a_server_that_takes_nothing_from_us_is_an_outage(mailserver, contact, command, reply):
    mailserver.replies[command] = reply
    row = message(contact)
    assert deliver(message_id=row.pk) is False
    assert row_of(row).state == "queued"


@pytest.mark.parametrize("address", ["no-address", "a@b@c", "a b@x.cn", "名字@x.cn\n"])
def test_an_address_that_is_none_fails_without_a_crash(mailserver, db, address):
    reader = create_contact(email="x@example.com")
    row = message(reader)
    Contact.objects.filter(pk=reader.pk).update(email=address)
    mailserver.replies["RCPT"] = "553 bad address"
    deliver(message_id=row.pk)
    assert row_of(row).state == "failed"


def test_one_refused_message_holds_up_no_other(mailserver, contact):
    bad = message(create_contact(email="refused@example.com"))
    good = message(contact)
    sweep()
    assert (row_of(bad).state, row_of(good).state) == ("failed", "sent")


def test_a_message_that_trips_the_server_goes_last(mailserver, contact):
    first, second = message(contact), message(contact)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mailserver.manner = "drop"
        deliver(message_id=first.pk)
        mailserver.manner = "take"
        clock.shift(timedelta(minutes=1))
        sweep()
        assert [mail["Message-ID"] for mail in mailserver.mails] == [
            f"<{_digest(row)}@town.example>" for row in (second, first)
        ]


def _digest(row):
    return hashlib.sha256(row.dedupe_key.encode()).hexdigest()[:32]


def test_a_sweep_uses_one_connection_for_many(mailserver, contact):
    for _ in range(20):
        message(contact)
    assert sweep() == 20
    assert (len(mailserver.mails), mailserver.connections) == (20, 1)


def test_a_lease_of_a_dead_worker_runs_out_and_the_message_is_sent(mailserver, contact):
    with time_machine.travel(NOON, tick=False) as clock:
        row = message(contact)
        assert delivery._take(row.pk) is not None
        for _minute in range(2):
            assert sweep() == 0
            clock.shift(timedelta(minutes=1))
        assert sweep() == 1
        assert (summary(row), len(mailserver.mails)) == (("sent", 2, ""), 1)


def test_a_message_that_kills_its_worker_each_time_fails_in_the_end(mailserver, contact):
    with time_machine.travel(NOON, tick=False) as clock:
        row = message(contact)
        for _death in range(8):
            assert delivery._take(row.pk) is not None
            clock.shift(timedelta(minutes=2))
        sweep()
    assert summary(row) == ("failed", 9, "发送多次中断")


def test_a_worker_that_woke_up_too_late_changes_nothing_of_the_others_work(mailserver, contact):
    with time_machine.travel(NOON, tick=False) as clock:
        row = message(contact)
        old_lease = delivery._take(row.pk)
        clock.shift(timedelta(minutes=2))
        new_lease = delivery._take(row.pk)
        sleeper = row_of(row)
        delivery._end(sleeper, old_lease, error="太晚")
        assert (row_of(row).state, row_of(row).lease_until) == ("sending", new_lease)


def test_without_a_channel_by_now_the_message_is_unsent_and_never_sent(
    mailserver, contact, settings
):
    row = message(contact)
    settings.NOTIFY_EMAIL = False
    deliver(message_id=row.pk)
    assert (summary(row), row_of(row).sent_at) == (("unsent", 1, "未配置发送渠道"), None)
    assert mailserver.mails == []


def test_an_address_that_is_gone_by_now_fails(mailserver, contact):
    row = message(contact)
    Contact.objects.filter(pk=contact.pk).update(email="")
    deliver(message_id=row.pk)
    assert (summary(row), mailserver.mails) == (("failed", 1, "没有可用的邮箱地址"), [])


def test_the_error_holds_no_address(mailserver, contact):
    mailserver.replies["RCPT"] = "550 reader@example.com is unknown"
    row = message(contact)
    deliver(message_id=row.pk)
    assert "reader" not in row_of(row).error


def test_the_tasks_go_by_the_names_that_others_use(mailserver, contact, settings):
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"notify.sweep", "notify.empty"} <= scheduled
    first, second = message(contact), message(contact)
    current_app.tasks["notify.deliver"].apply(args=[first.pk])
    assert (row_of(first).state, row_of(second).state) == ("sent", "queued")
    current_app.tasks["notify.sweep"].apply()
    assert row_of(second).state == "sent"


def test_a_message_that_is_gone_is_no_error(mailserver, db):
    assert deliver(message_id=12345) is True


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_ten_workers_and_sweeps_at_once_send_each_message_once(mailserver):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    contact = create_contact(email="reader@example.com")
    rows = [message(contact) for _ in range(20)]
    Message.objects.update(state="queued", sent_at=None, next_try_at=timezone.now(), attempts=0)
    mailserver.mails.clear()
    start = threading.Barrier(10)

    def work(number):
        start.wait()
        try:
            if number % 2:
                sweep()
            else:
                for row in rows:
                    deliver(message_id=row.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mailserver.mails) == 20
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
