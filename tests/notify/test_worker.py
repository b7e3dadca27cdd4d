"""A real worker on a real broker, which is killed while it sends."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from notify.models import Message
from notify.services import starting
from people.services import create_contact

from .making import message

pytestmark = [
    pytest.mark.broker,
    pytest.mark.concurrency,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def servers_are_there():
    if connection.vendor != "postgresql" or not os.environ.get("REDIS_URL"):
        pytest.skip("needs PostgreSQL, REDIS_URL and redis-server")


def wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def broker(tmp_path, monkeypatch):
    """A Redis of its own, and tasks that go to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen([*command, "--dir", tmp_path], stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    app = Celery("test", broker=url, set_as_current=False)
    monkeypatch.setattr(starting, "current_app", app)
    monkeypatch.setattr(starting, "_away_until", [float("-inf")])
    wait_until(lambda: _listens(port))
    yield url
    server.terminate()
    server.wait()


@pytest.fixture
def start_worker(broker, mailserver, tmp_path):
    """Starts workers that share the test's database; all are ended with the test."""
    started = []

    def start():
        database = connection.settings_dict
        host, port = database["HOST"] or "127.0.0.1", database["PORT"] or 5432
        login = f"{database['USER']}:{database['PASSWORD'] or ''}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.notify.worker_settings",
            "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
            "DATABASE_URL": f"postgres://{login}@{host}:{port}/{database['NAME']}",
            "REDIS_URL": broker,
            "TEST_MAIL_PORT": str(mailserver.port),
        }
        command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "-P", "solo"]
        with (tmp_path / f"worker-{len(started)}.log").open("w") as output:
            started.append(
                subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output)
            )
        return started[-1]

    yield start
    for worker in started:
        if worker.poll() is None:
            worker.kill()
            worker.wait()


def test_a_worker_killed_while_sending_loses_and_doubles_nothing(start_worker, mailserver):
    mailserver.manner = "hang"
    worker = start_worker()
    row = message(create_contact(email="reader@example.com"))
    wait_until(lambda: mailserver.connections == 1)
    worker.kill()
    worker.wait()
    row.refresh_from_db()
    assert (row.state, mailserver.mails) == ("sending", [])
    mailserver.manner = "take"
    start_worker()
    starting.start_sweep()
    time.sleep(3)
    assert mailserver.mails == []
    # Two minutes later the lease has run out, and the sweep of that minute finds the message.
    Message.objects.filter(state="sending").update(lease_until=timezone.now())
    starting.start_sweep()
    wait_until(lambda: Message.objects.get().state == "sent")
    assert (len(mailserver.mails), Message.objects.get().attempts) == (1, 2)


def test_a_message_goes_out_by_the_worker_right_after_commit(start_worker, mailserver):
    start_worker()
    message(create_contact(email="reader@example.com"))
    wait_until(lambda: Message.objects.get().state == "sent")
    assert len(mailserver.mails) == 1
