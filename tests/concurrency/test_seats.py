"""500 people and more for 50 seats: real processes on a real PostgreSQL, some of them killed.

``SEAT_RACERS=5000`` races with so many (some minutes on two cores).
"""

import multiprocessing
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from openday.enums import State
from openday.models import Registration, Session, Transition
from openday.services.sweeping import sweep
from openday.services.transitions import MOVES
from tests.concurrency import seat_worker
from tests.concurrency.seat_worker import Seats, look, needed, waits_in_vain, wrongs
from tests.factories.consultation import make_notice
from tests.factories.openday import make_group, make_session

RACERS = int(os.environ.get("SEAT_RACERS", "500"))
SEATS = 50
PROCESSES = 4
SECONDS = 100 + RACERS / 4
KILLS = 6
pytestmark = pytest.mark.slow
_fork = multiprocessing.get_context("fork")


@pytest.fixture
def crew() -> Iterator[Callable[..., ForkProcess]]:
    """Starts a process that does the work; none of them outlives the test."""
    started: list[ForkProcess] = []

    def start(work: Callable[..., None], *args: Any) -> ForkProcess:
        connections.close_all()
        one = _fork.Process(target=seat_worker.process, args=(work, *args))
        one.start()
        started.append(one)
        return one

    yield start
    for one in started:
        one.kill()
        one.join(10)


@pytest.fixture
def session() -> Session:
    """Fifty seats; the groups together may have more, and each has some of its own."""
    session = make_session(capacity=SEATS)
    for quota, minimum in ((30, 10), (25, 15), (20, 5)):
        make_group(session, quota=quota, minimum=minimum)
    return session


@contextmanager
def watched(crew: Callable[..., ForkProcess], session: Session) -> Iterator[None]:
    """Two sweepers and somebody who looks on, all the while; nothing wrong is ever seen."""
    end = _fork.Event()
    mine, theirs = _fork.Pipe(duplex=False)
    watcher = crew(seat_worker.look_on, session.pk, end, theirs)
    sweepers = [crew(seat_worker.keep_time, session.pk, end) for _ in range(2)]
    yield
    end.set()
    assert mine.poll(60)
    looks, found = mine.recv()
    join([watcher, *sweepers])
    assert found == []
    assert looks > 20


def join(processes: Sequence[ForkProcess]) -> None:
    """Wait for their ends, which are good ones."""
    deadline = time.monotonic() + SECONDS
    for one in processes:
        one.join(max(0.0, deadline - time.monotonic()))
    assert [one.exitcode for one in processes] == [0] * len(processes)


def shares(number: int) -> list[list[int]]:
    """Who is whose; some sign up in two processes at once, as by a double click."""
    people = list(range(number))
    double = people[::20]
    return [[*people[n::PROCESSES], *double[n::PROCESSES]] for n in range(PROCESSES)]


def settle_down(session: Session) -> Seats:
    """Sweep until nothing changes any more."""
    for _round in range(10):
        before = Transition.objects.count()
        sweep()
        if Transition.objects.count() == before:
            return look(session.pk)
    raise AssertionError("it never settles")


def assert_settled(session: Session) -> None:
    seats = settle_down(session)
    assert wrongs(seats) == []
    assert waits_in_vain(seats) == []
    # Taken, or kept for a group of which nobody is left.
    assert needed(seats, seats.held) == SEATS


def assert_nothing_lost(kept: Path, racers: int) -> None:
    """Everybody got an answer, and has the registration that it named, one alone."""
    told = {tuple(map(int, line.split())) for line in kept.read_text().splitlines()}
    people = [number for number, _pk in told]
    assert sorted(people) == list(range(racers))
    assert set(Registration.objects.values_list("pk", flat=True)) == {pk for _n, pk in told}


def assert_history_whole() -> None:
    """Each registration's moves are allowed ones, one after the other, up to where it stands."""
    steps = Transition.objects.order_by("registration", "pk")
    last: dict[int, str] = {}
    for pk, before, after in steps.values_list("registration", "from_state", "to_state"):
        assert last.get(pk, "") == before
        assert after in MOVES[before]
        last[pk] = after
    assert last == dict(Registration.objects.values_list("pk", "state"))


def test_500_race_for_50_seats(
    crew: Callable[..., ForkProcess], session: Session, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    what = (list(session.groups.values_list("pk", flat=True)), make_notice().pk, kept)
    with watched(crew, session):
        join([crew(seat_worker.be_people, share, *what) for share in shares(RACERS)])
    assert_settled(session)
    assert_nothing_lost(kept, RACERS)
    assert_history_whole()
    states = set(Registration.objects.values_list("state", flat=True))
    assert states >= {State.CONFIRMED, State.WAITLISTED, State.CANCELLED, State.LAPSED}


def test_the_same_with_processes_killed(
    crew: Callable[..., ForkProcess], session: Session, tmp_path: Path
) -> None:
    """Who takes a killed one's place does all of it again, with the same keys."""
    kept, racers = tmp_path / "kept", RACERS // 2
    what = (list(session.groups.values_list("pk", flat=True)), make_notice().pk, kept)
    parts = shares(racers)
    choose, killed = random.Random(3), 0
    with watched(crew, session):
        racing = [crew(seat_worker.be_people, part, *what) for part in parts]
        while killed < KILLS:
            time.sleep(0.5)
            place = choose.randrange(PROCESSES)
            if not racing[place].is_alive():
                break
            racing[place].kill()
            racing[place].join(10)
            killed += 1
            racing[place] = crew(seat_worker.be_people, parts[place], *what)
        join(racing)
    assert killed > 1
    assert_settled(session)
    assert_nothing_lost(kept, racers)
    assert_history_whole()


@pytest.mark.parametrize(("lock", "found"), [(True, 0), (False, 2)])
def test_without_the_lock_too_many_are_seated_and_it_is_seen(
    crew: Callable[..., ForkProcess], lock: bool, found: int
) -> None:
    """The control: what looks on above sees it when the lock is taken away."""
    group = make_group(make_session(capacity=1), quota=1)
    notice = make_notice().pk
    gate = _fork.Barrier(PROCESSES, timeout=3)
    join(
        [
            crew(seat_worker.sign_up_together, number, group.pk, notice, gate, lock)
            for number in range(PROCESSES)
        ]
    )
    assert len(wrongs(look(group.session_id))) == found
