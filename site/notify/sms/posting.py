"""One POST with a short breath: no redirects, no cookies, no proxies, no endless answers."""

import socket
from collections.abc import Mapping
from contextlib import suppress
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
    connection = _connected(parts)
    watch = Timer(TOTAL_SECONDS, _cut, [connection.sock])
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", parts.path or "/", urlencode(fields), _HEADERS)
        with connection.getresponse() as answer:
            return answer.status, answer.read(MOST_BYTES)
    except (OSError, HTTPException, ValueError) as error:
        kind = type(error).__name__
        raise Outage(f"短信网关没有答复（{kind}），不知是否发出", unsure=True) from None
    finally:
        watch.cancel()
        connection.close()


def knock(url: str) -> None:
    """Connects and says nothing; raises Outage."""
    _connected(urlsplit(url)).close()


def _connected(parts: SplitResult) -> HTTPConnection:
    make = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = make(parts.hostname or "", parts.port, timeout=STEP_SECONDS)
    try:
        connection.connect()
    except OSError as error:
        connection.close()
        raise Outage(f"短信网关连接不上（{type(error).__name__}）") from None
    return connection


def _cut(connected: socket.socket) -> None:
    """Ends a conversation from outside; below TLS, whose own end would wait for the other side."""
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
