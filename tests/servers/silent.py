"""A server that takes connections and never answers: what a hung service looks like."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass
class Silent:
    """Where it is, and how many came so far."""

    server: socket.socket
    taken: list[socket.socket]

    @property
    def redis_url(self) -> str:
        return f"redis://127.0.0.1:{self.server.getsockname()[1]}/0"

    def callers(self) -> int:
        """How many connections were made since the beginning; they stay open."""
        with contextlib.suppress(BlockingIOError):
            while True:
                self.taken.append(self.server.accept()[0])
        return len(self.taken)


@contextlib.contextmanager
def silent() -> Iterator[Silent]:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        server.setblocking(False)
        hung = Silent(server, [])
        try:
            yield hung
        finally:
            for connection in hung.taken:
                connection.close()
