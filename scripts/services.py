"""A PostgreSQL and a Redis of one's own: on free ports, in a temporary folder, ended afterwards.

    python3 scripts/services.py .venv/bin/pytest tests/publishing

runs a command with DATABASE_URL and REDIS_URL naming the two. Works as root (PostgreSQL then runs
as the user ``postgres``) and as an ordinary user. The folder lies outside of the clone, which that
user may not be able to enter, and is short, as a socket's path holds 107 bytes.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from machine import find_postgres

# Data that lives for one run needs no promise to survive a power cut.
_POSTGRES_OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=256MB",
)
# What tests write is never committed: autovacuum would note that their tables are empty, and the
# planner would believe it and join them row by row.
FOR_TESTS = ("autovacuum=off",)
_DEADLINE = 30
DATABASE = "portal"


def free_port() -> int:
    """A TCP port of the loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def postgres(folder: Path, settings: tuple[str, ...] = ()) -> Iterator[str]:
    """A PostgreSQL of the newest version installed; gives its DATABASE_URL."""
    programs = find_postgres()
    if programs is None:
        sys.exit("缺少 PostgreSQL：sudo apt-get install postgresql")
    data, port = folder / "pg", free_port()
    data.mkdir(mode=0o700)
    owner: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(data, account.pw_uid, account.pw_gid)
        owner = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    log = (folder / "postgres.log").open("wb")
    initdb = [programs / "initdb", "-D", data / "data", "-U", "postgres", "-A", "trust"]
    locale = ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run([*initdb, *locale], stdout=log, stderr=log, check=True, cwd="/", **owner)
    server = [programs / "postgres", "-D", data / "data", "-p", str(port), "-k", data]
    options = [part for option in (*_POSTGRES_OPTIONS, *settings) for part in ("-c", option)]
    process = _started([*server, *options], log, cwd="/", **owner)
    with _ended(process, signal.SIGINT):
        ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        _wait(process, lambda: subprocess.run(ready, check=False).returncode == 0, log.name)
        make = [programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres"]
        subprocess.run([*make, DATABASE], check=True)
        yield f"postgres://postgres@127.0.0.1:{port}/{DATABASE}"


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis that keeps nothing on disk; gives its REDIS_URL."""
    port = free_port()
    log = (folder / "redis.log").open("wb")
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = _started([*command, "--dir", folder], log)
    with _ended(process, signal.SIGTERM):
        _wait(process, lambda: _answers(port), log.name)
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def both(settings: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Both servers, PostgreSQL with the settings ("name=value"); gives the environment variables
    that name them. Their data is removed."""
    base = "/tmp" if os.access("/tmp", os.W_OK) else None  # noqa: S108 - a short path, made by mkdtemp
    folder = Path(tempfile.mkdtemp(prefix="portal-", dir=base))
    folder.chmod(0o711)
    try:
        with postgres(folder, settings) as database_url, redis(folder) as redis_url:
            yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def end_on_signals() -> None:
    """Turn being asked to end into an exception, so that every ``finally`` runs."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))


def _started(command: list[Any], log: Any, **options: Any) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C ends the tests first, and then, in order, the servers."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
    return subprocess.Popen(command, start_new_session=True, **streams, **options)


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes], how: signal.Signals) -> Iterator[None]:
    """Ends the process afterwards, whatever happens; by force if it takes ten seconds."""
    try:
        yield
    finally:
        process.send_signal(how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], is_ready: Any, log: str) -> None:
    deadline = time.monotonic() + _DEADLINE
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(
                f"{process.args[0]} 没有启动：\n{Path(log).read_text(errors='replace')[-2000:]}"
            )
        time.sleep(0.05)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as probe:
        probe.sendall(b"PING\r\n")
        return probe.recv(16).startswith(b"+PONG")
    return False


if __name__ == "__main__":
    end_on_signals()
    with both(FOR_TESTS) as environment:
        command = subprocess.run(sys.argv[1:], env=os.environ | environment, check=False)
    sys.exit(command.returncode)
