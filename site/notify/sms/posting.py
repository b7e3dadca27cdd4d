"""One POST with a short breath: no redirects, no cookies, no proxies, no endless answers."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urlencode, urlsplit

from notify.refusals import Outage

STEP_SECONDS = 5.0
"""For the connection, and for each wait for bytes."""
TOTAL_SECONDS = 15.0
"""For all of it, however slowly the bytes drip; well below the outbox's lease."""
MOST_BYTES = 64 * 1024
_HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    "Accept": "application/json",
    "Connection": "close",
}


def post(url: str, fields: Mapping[str, str]) -> tuple[int, bytes]:
    """The status and the first bytes of the answer.

    Raises:
        Outage: nobody answered; unsure from the moment that the request was on its way.
    """
    parts = urlsplit(url)
    with _connected(parts) as connection:
        try:
            connection.request("POST", parts.path or "/", urlencode(fields), _HEADERS)
            with connection.getresponse() as answer:
                return answer.status, answer.read(MOST_BYTES)
        except (OSError, HTTPException, ValueError) as error:
            kind = type(error).__name__
            raise Outage(f"短信网关没有答复（{kind}），不知是否发出", unsure=True) from None


def knock(url: str) -> None:
    """Connects and says nothing; raises Outage."""
    with _connected(urlsplit(url)):
        pass


@contextmanager
def _connected(parts: SplitResult) -> Iterator[HTTPConnection]:
    """A conversation that is cut when its time is over, the handshake of TLS included."""
    is_secret, host = parts.scheme == "https", parts.hostname or ""
    make = HTTPSConnection if is_secret else HTTPConnection
    connection = make(host, parts.port, timeout=STEP_SECONDS)
    with ExitStack() as ending:
        ending.callback(connection.close)
        try:
            line = socket.create_connection((host, connection.port), STEP_SECONDS)
            # TLS takes the line over; a second end of it can still be cut from outside.
            watch = Timer(TOTAL_SECONDS, _cut, [ending.enter_context(line.dup())])
            watch.daemon = True
            ending.callback(watch.cancel)
            watch.start()
            connection.sock = _wrapped(line, host) if is_secret else line
        except OSError as error:
            raise Outage(f"短信网关连接不上（{type(error).__name__}）") from None
        yield connection


def _wrapped(line: socket.socket, host: str) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(line, server_hostname=host)
    except OSError:
        line.close()
        raise


def _cut(connected: socket.socket) -> None:
    """Ends a conversation from outside; below TLS, whose own end would wait for the other side."""
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
