"""Seats: one hot session, 500 racers for 50 seats, a full session, and the staff's list.

The service stands behind a view of its own (tests/benchmarks/bare/seats.py), beside the least that
could give a seat: lock a row, count, insert. The same server, middleware, database and client, so
that only the service is measured.
"""

import http.client
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection

from openday.enums import State
from openday.models import Registration, SeatGroup
from tests.benchmarks.bare.models import BareSeat, BareSession
from tests.benchmarks.bodies import write_rows
from tests.benchmarks.load import CONNECTIONS, ROUNDS, SECONDS, Target, compare
from tests.benchmarks.registrations import compare_lists
from tests.benchmarks.report import Figure, at_least, figure, note, tell
from tests.benchmarks.sample import HEADERS, analyse
from tests.benchmarks.server import gunicorn
from tests.factories.consultation import make_notice
from tests.factories.openday import make_group, make_registration, make_session

BARE = "tests.benchmarks.bare.settings"
# More than any round can use: running out of them spoils the run.
MOST = 3_000 * SECONDS * (ROUNDS + 1)
RACERS, SEATS, WAITING = 500, 50, 10


def main() -> int:
    folder = Path(os.environ["BENCH_FOLDER"])
    make_notice()
    people = folder / "people"
    write_rows(people, MOST)
    analyse()
    with gunicorn(folder, BARE) as port:
        figures = [_hot(port, people), _race(port), _full(port, people)]
    return tell([*figures, *compare_lists(folder)])


def _hot(port: int, people: Path) -> Figure:
    """Everybody gets a seat, with receipt, history and message. Told; no goal was set for it."""
    group, bare = _group(10**6, waiting_limit=None), BareSession.objects.create(capacity=10**6)
    connection.close()
    ours = Target("register", _address(port, group.pk, "register"), HEADERS, people)
    other = Target("locked insert", _address(port, bare.pk, "bare"), HEADERS, people)
    measured = compare(ours, other)
    taken = Registration.objects.filter(group=group, state=State.CONFIRMED).count()
    whole = ours.answered <= taken <= ours.sent
    whole = whole and other.answered <= BareSeat.objects.filter(session=bare).count() <= other.sent
    name = "a seat on one hot session / a locked insert"
    detail = f"{measured.detail}; {taken:,} seats, {'none' if whole else 'SOME'} lost"
    return figure(name, measured.ratio if whole else 0, None, detail=detail)


def _race(port: int) -> Figure:
    """All at once, again and again, each time for a session of its own."""
    ratios, speeds = [], []
    for number in range(ROUNDS):
        group = _group(SEATS, waiting_limit=WAITING)
        bare = BareSession.objects.create(capacity=SEATS)
        connection.close()
        ours = _raced(port, f"/seats/{group.pk}/register/")
        other = _raced(port, f"/seats/{bare.pk}/bare/")
        ratios.append(other / ours)
        speeds.append((RACERS / ours, RACERS / other))
        held = (group.registrations.holding().count(), bare.seats.count())
        if held != (SEATS, SEATS) or group.registrations.waiting().count() != WAITING:
            raise AssertionError(f"seats: {held}")
        note(f"round {number + 1}: {RACERS / ours:,.0f}/s by {RACERS / other:,.0f}/s")
    first, second = (statistics.median(part) for part in zip(*speeds, strict=True))
    detail = f"{first:,.0f}/s by {second:,.0f}/s; rounds {min(ratios):.2f}–{max(ratios):.2f}"
    name = f"{RACERS} racers for {SEATS} seats / a locked insert"
    return figure(name, statistics.median(ratios), at_least(0.7), detail=detail)


def _raced(port: int, path: str) -> float:
    """How many seconds it takes until all have their answer."""

    def some(numbers: range) -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {**HEADERS, "Content-Type": "application/x-www-form-urlencoded"}
        for number in numbers:
            client.request("POST", path, urlencode({"phone": f"138{number:08d}"}), headers)
            response = client.getresponse()
            response.read()
            if response.status != 200:
                raise AssertionError(f"{path}: {response.status}")
        client.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(some, [range(n, RACERS, CONNECTIONS) for n in range(CONNECTIONS)]))
    return time.perf_counter() - began


def _full(port: int, people: Path) -> Figure:
    """Neither seat nor place in line: answered without a lock."""
    group, bare = _group(1, waiting_limit=0), BareSession.objects.create(capacity=1)
    make_registration(group)
    BareSeat.objects.create(session=bare, phone="13800000000")
    connection.close()
    ours = Target("full session", _address(port, group.pk, "register"), HEADERS, people)
    other = Target("read", _address(port, bare.pk, "read"), HEADERS, people)
    measured = compare(ours, other)
    name = "a full session / a bare read"
    return figure(name, measured.ratio, at_least(0.5), detail=measured.detail)


def _group(seats: int, *, waiting_limit: int | None) -> SeatGroup:
    session = make_session(capacity=seats)
    return make_group(session, quota=seats, waiting_limit=waiting_limit)


def _address(port: int, pk: int, what: str) -> str:
    return f"http://127.0.0.1:{port}/seats/{pk}/{what}/"
