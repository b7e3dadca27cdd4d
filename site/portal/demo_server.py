"""The whole platform in one process: web server, Celery worker and beat. For the demo only.

The worker reads the memory broker that the web server's threads write to, so all of it must live
in one process; ``start_worker`` is Celery's own helper for such embedding.
"""

import contextlib
import errno
import fcntl
import http.client
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from celery.beat import EmbeddedService
from celery.contrib.testing.worker import start_worker
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from portal.celery import app

ANY_HOST = "0.0.0.0"  # noqa: S104 - what an operator may ask for by HOST=


class CannotServe(Exception):
    """The demo can't start here; the message says why and what to do."""


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Holds the data folder: two demos over one database would each send its mails.

    Raises:
        CannotServe: another process holds it.
    """
    with (folder / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotServe(f"演示已在运行（数据文件夹 {folder}）。请先结束它再启动。") from None
        yield


def bind(host: str, port: int) -> ThreadedWSGIServer:
    """A server that owns the port and doesn't answer yet.

    Raises:
        CannotServe: the port is taken or not allowed, or the host isn't this machine's.
    """
    with _refused(host, port):
        server = ThreadedWSGIServer((host, port), WSGIRequestHandler, bind_and_activate=False)
        try:
            server.server_bind()
        except BaseException:
            server.server_close()
            raise
    return server


@contextlib.contextmanager
def answering(server: ThreadedWSGIServer, application: Any) -> Iterator[None]:
    """Serves the application from a thread until the block ends."""
    server.set_app(application)
    host, port = server.server_address[:2]
    with _refused(str(host), int(port)):
        server.server_activate()
    thread = threading.Thread(target=server.serve_forever, name="web", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def background(folder: Path) -> Iterator[None]:
    """Runs Celery's workers and beat in threads until the block ends: one for films alone."""
    options = {"pool": "threads", "perform_ping_check": False, "loglevel": "WARNING"}
    quick = {"queues": ["celery"], "concurrency": 2, "hostname": "quick@demo"}
    films = {"queues": ["media"], "concurrency": 1, "hostname": "media@demo"}
    with start_worker(app, **quick, **options), start_worker(app, **films, **options):
        beat = EmbeddedService(app, thread=True, schedule_filename=str(folder / "beat"))
        beat.start()
        try:
            yield
        finally:
            beat.stop()


@contextlib.contextmanager
def until_asked_to_end() -> Iterator[None]:
    """Lets Ctrl-C, SIGTERM and a closed terminal end the block; none of them a second time.

    Ctrl-C also where the shell that started it in the background told it not to listen.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)


def first_page_status(host: str, port: int) -> int:
    """Asks for the home page as a browser would; gives the HTTP status."""
    address = "127.0.0.1" if host == ANY_HOST else host
    connection = http.client.HTTPConnection(address, port, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", "/")
        return connection.getresponse().status


def addresses(host: str, port: int) -> list[str]:
    """Where a browser finds the demo: for all interfaces also this machine's own address."""
    if host != ANY_HOST:
        return [f"http://{host}:{port}/"]
    found = ["127.0.0.1"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        # Sends nothing: choosing a route for an address set aside for documentation (RFC 5737).
        probe.connect(("192.0.2.1", 9))
        found.append(probe.getsockname()[0])
    return [f"http://{address}:{port}/" for address in dict.fromkeys(found)]


@contextlib.contextmanager
def _refused(host: str, port: int) -> Iterator[None]:
    """Turns the system's refusals into sentences."""
    try:
        yield
    except socket.gaierror:
        raise CannotServe(f"不认识主机名 {host}。请检查 HOST=。") from None
    except OverflowError:
        raise CannotServe(f"端口 {port} 不存在，请用 1 到 65535 之间的 PORT=。") from None
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: f"端口 {port} 已被占用，请换一个：make run PORT={port % 65535 + 1}",
            errno.EACCES: f"没有权限使用端口 {port}，请换一个：make run PORT=8000",
            errno.EADDRNOTAVAIL: f"{host} 不是本机的地址。请检查 HOST=。",
        }
        message = reasons.get(error.errno or 0, f"不能使用 {host}:{port}：{error.strerror}")
        raise CannotServe(message) from None
