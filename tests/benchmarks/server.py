"""Servers under measurement, on free ports of the loopback, ended by their ids."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from services import free_port

DEADLINE = 30
# As deploy/systemd/portal-web.service starts it.
OPTIONS = ("--worker-class=gthread", "--workers=3", "--threads=8", "--preload", "--keep-alive=30")


class NotServing(Exception):
    """The server ended, or didn't answer in time; the message is the end of its log."""


@contextlib.contextmanager
def gunicorn(folder: Path, settings: str, **environment: str) -> Iterator[int]:
    """gunicorn with threads, the same for all that is compared; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--no-control-socket"]
    address = [f"--bind=127.0.0.1:{port}", "--log-level=warning"]
    variables = {"DJANGO_SETTINGS_MODULE": settings, **environment}
    with running([*command, *OPTIONS, *address], folder / f"gunicorn-{port}.log", variables, port):
        yield port


@contextlib.contextmanager
def running(
    command: Sequence[str], log: Path, environment: Mapping[str, str], port: int
) -> Iterator[None]:
    """A server from its first answer on; ended afterwards, whatever happens."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait(process, port, log)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def fetch(
    port: int, path: str, headers: Mapping[str, str]
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One answer: status, headers, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        return response.status, response.headers, response.read()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + DEADLINE
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            fetch(port, "/healthz", {})
            return
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotServing(log.read_text(errors="replace")[-3000:])
        time.sleep(0.1)
