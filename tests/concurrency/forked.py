"""Calls in processes of their own, begun together; what became of each is handed back."""

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from django.db import connections

_fork = multiprocessing.get_context("fork")
SECONDS = 60


def run_processes(calls: Sequence[Callable[[], Any]]) -> list[tuple[str, Any]]:
    """For each call, in the order given: "ok" and what it returned, or the name of the exception
    and its words. What is returned must be plain."""
    gate = _fork.Barrier(len(calls))
    ends, started = [], []
    connections.close_all()
    for call in calls:
        mine, theirs = _fork.Pipe(duplex=False)
        one = _fork.Process(target=_run, args=(call, gate, theirs))
        one.start()
        ends.append(mine)
        started.append(one)
    try:
        return [end.recv() if end.poll(SECONDS) else ("hangs", "") for end in ends]
    finally:
        for one in started:
            one.join(5)
            one.kill()


def _run(call: Callable[[], Any], gate: Barrier, answer: Connection) -> None:
    """Nothing of the parent's is used or ended."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    connections.close_all()
    gate.wait(SECONDS)
    try:
        answer.send(("ok", call()))
    except Exception as error:  # the test looks at every ending
        answer.send((type(error).__name__, str(error)))
    connections.close_all()
