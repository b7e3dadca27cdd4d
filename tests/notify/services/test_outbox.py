import os
import signal
import socket
import subprocess
import time

import pytest
import redis
from celery import Celery
from django.db import transaction

from notify.models import Message
from notify.services import Notice, enqueue_many, starting
from people.services import create_contact
from tests.servers.silent import silent

from ..making import message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def broker_is_well(monkeypatch):
    monkeypatch.setattr(starting, "_away_until", [float("-inf")])


def state(row):
    row.refresh_from_db()
    return (row.state, row.channel)


def test_a_message_to_an_address_is_queued_and_sent_after_commit(
    contact, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        row = message(contact)
    assert (state(row), len(callbacks), mailoutbox) == (("queued", "email"), 1, [])
    callbacks[0]()
    assert (state(row), len(mailoutbox)) == (("sent", "email"), 1)


@pytest.mark.parametrize(("configured", "email"), [(False, "a@example.com"), (True, "")])
def test_without_a_channel_or_address_it_is_unsent_at_once_and_nobody_is_told(
    db, settings, configured, email, django_capture_on_commit_callbacks
):
    settings.NOTIFY_EMAIL = configured
    reader = create_contact(phone="13800001234", email=email)
    with django_capture_on_commit_callbacks() as callbacks:
        row = message(reader)
    assert (state(row), row.sent_at, callbacks) == (("unsent", "phone"), None, [])


def test_the_same_key_twice_gives_the_same_row(contact, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        first = message(contact, dedupe_key="result-1", body="第一次")
        second = message(contact, dedupe_key="result-1", body="第二次")
    assert (first.pk, first.body) == (second.pk, Message.objects.get().body)
    assert len(callbacks) == 1


def test_what_is_rolled_back_tells_nobody(contact, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        message(contact)
        transaction.set_rollback(True)
    assert (Message.objects.count(), mailoutbox) == (0, [])


def test_a_long_or_broken_subject_fits_in_one_line_and_shows_that_it_was_cut(contact):
    row = message(contact, subject="第一行\r\nBcc: x@example.com\n" + "长" * 300)
    assert (len(row.subject), row.subject[-1], row.subject[:8]) == (200, "…", "第一行 Bcc:")
    assert message(contact, subject="短").subject == "短"


def test_many_messages_start_one_task(contact, mailoutbox, django_capture_on_commit_callbacks):
    notices = [Notice(contact, "result", "标题", "正文", f"result-{n}") for n in range(300)]
    message(contact, dedupe_key="result-7")
    Message.objects.update(state="unsent", next_try_at=None)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        assert enqueue_many([*notices, notices[0]]) == 299
    assert (len(callbacks), len(mailoutbox), Message.objects.count()) == (1, 299, 300)
    assert enqueue_many(notices) == 0


def test_many_messages_take_the_same_number_of_queries(contact, django_assert_num_queries):
    for number in (1, 3):
        notices = [Notice(contact, "r", "标", "文", f"{number}-{n}") for n in range(number)]
        with django_assert_num_queries(4):
            enqueue_many(notices)


@pytest.fixture
def broker(settings, monkeypatch):
    """Tasks go to the broker at an address instead of running at once."""

    def use(url):
        app = Celery("test", broker=url, set_as_current=False)
        app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        monkeypatch.setattr(starting, "current_app", app)

    return use


def _commit(contact, capture, **more):
    """Writes a message and commits."""
    with capture() as callbacks:
        row = message(contact, **more)
    for callback in callbacks:
        callback()
    return row


def test_a_broker_that_is_down_loses_nothing(contact, broker, django_capture_on_commit_callbacks):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    broker(f"redis://127.0.0.1:{port}/0")
    assert state(_commit(contact, django_capture_on_commit_callbacks))[0] == "queued"


@pytest.mark.slow
def test_a_broker_that_hangs_is_given_up_and_left_alone_for_a_while(
    contact, broker, django_capture_on_commit_callbacks
):
    with silent() as hung:
        broker(hung.redis_url)
        first = _commit(contact, django_capture_on_commit_callbacks)
        tried = hung.callers()
        second = _commit(contact, django_capture_on_commit_callbacks)
        assert (tried > 0, hung.callers() - tried) == (True, 0)
    assert (state(first)[0], state(second)[0]) == ("queued", "queued")


@pytest.mark.broker
def test_with_a_real_broker_the_task_arrives_and_a_frozen_one_is_given_up(
    contact, broker, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    if not os.environ.get("REDIS_URL"):
        pytest.skip("needs REDIS_URL and redis-server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen([*command, "--dir", tmp_path], stdout=subprocess.DEVNULL) as server:
        try:
            client = redis.Redis(port=port)
            _wait_until(lambda: _answers(client))
            broker(f"redis://127.0.0.1:{port}/0")
            _commit(contact, django_capture_on_commit_callbacks)
            assert client.llen("celery") == 1
            server.send_signal(signal.SIGSTOP)
            assert state(_commit(contact, django_capture_on_commit_callbacks))[0] == "queued"
        finally:
            server.send_signal(signal.SIGCONT)
            server.terminate()


def _answers(client):
    try:
        return client.ping()
    except redis.ConnectionError:
        return False


def _wait_until(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
