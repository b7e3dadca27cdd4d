"""The demo as a person starts it: it answers, keeps its data, and ends when asked."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
READY = "按 Ctrl-C 结束"


@pytest.fixture(autouse=True)
def _embedded() -> None:
    """Once is enough: the demo has a database of its own whatever the tests run on."""
    if connection.vendor != "sqlite":
        pytest.skip("runs in the step on SQLite")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo(data: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running process and what it said until it was ready."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "PORTAL_DATA": str(data),
    }
    command = [sys.executable, "manage.py", "demo", f"--port={port}"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE
    )
    said = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if READY in line:
                break
        yield process, "".join(said)
    finally:
        process.kill()
        process.communicate()


def get(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return answer.status, answer.read().decode()


def is_packed(port: int, path: str) -> bool:
    """Whether a browser that can unpack gets fewer bytes."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 - our own server
        return answer.headers["Content-Encoding"] == "gzip"


def ended(process: subprocess.Popen[str], by: signal.Signals) -> int:
    process.send_signal(by)
    process.communicate(timeout=60)
    return process.returncode


def test_it_answers_keeps_its_data_and_ends(tmp_path: Path) -> None:
    port = free_port()
    with demo(tmp_path, port) as (process, said):
        assert f"http://127.0.0.1:{port}/" in said
        assert "admin-demo" in said
        status, home = get(port, "/")
        assert (status, "政民互动平台" in home) == (200, True)
        assert get(port, "/mailbox/")[0] == 200
        assert all(is_packed(port, path) for path in ("/", "/static/portal/css/site.css"))
        assert ended(process, signal.SIGINT) == 0
    with pytest.raises(OSError, match="refused"):
        get(port, "/")
    database = (tmp_path / "portal.sqlite3").stat().st_ino
    with demo(tmp_path, port) as (process, said):
        assert "建立数据库" not in said
        assert get(port, "/")[0] == 200
        assert ended(process, signal.SIGTERM) == 0
    assert (tmp_path / "portal.sqlite3").stat().st_ino == database
