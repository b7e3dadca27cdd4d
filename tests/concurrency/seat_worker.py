"""What the processes of test_seats do: people, the clock with its sweepers, and who looks on.

Each is a forked process with a database connection of its own. People are numbered; each has a
phone and a form's key that follow from the number, so that a process that was killed can be
replaced by one that does the same again, as browsers do that got no answer.
"""

import os
import random
import signal
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from threading import BrokenBarrierError
from typing import Any, NamedTuple

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from openday.enums import State
from openday.models import Registration, SeatGroup, Session
from openday.refusals import SeatRefused
from openday.services import locking, registering, sweeping
from openday.services.answering import accept_offer, cancel, decline_offer
from openday.services.registering import Applicant, register
from openday.services.settling import settle
from people.models import PrivacyNotice

KEYS = uuid.UUID("00000000-0000-4000-8000-000000000003")
CANCELLING = 0.2


class Seats(NamedTuple):
    """One look at the session: what it allows, and who has what, by group."""

    capacity: int
    quotas: Mapping[int, int]
    minimums: Mapping[int, int]
    held: Mapping[int, int]
    waiting: Mapping[int, int]


def look(session_id: int) -> Seats:
    """One consistent snapshot. An offer counts until it has lapsed in writing, whatever the clock
    says: its seat must not be given away before."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        session = Session.objects.get(pk=session_id)
        groups = list(session.groups.all())
        rows = list(session.registrations.values_list("group", "state"))
    taken = {State.CONFIRMED, State.OFFERED, State.ATTENDED}
    return Seats(
        capacity=session.capacity,
        quotas={group.pk: group.quota for group in groups},
        minimums={group.pk: group.minimum for group in groups},
        held=Counter(group for group, state in rows if state in taken),
        waiting=Counter(group for group, state in rows if state == State.WAITLISTED),
    )


def wrongs(seats: Seats) -> list[str]:
    """What must never be, reckoned without ``openday.seats``."""
    found = [
        f"group {pk}: {seats.held.get(pk, 0)} of {quota}"
        for pk, quota in seats.quotas.items()
        if seats.held.get(pk, 0) > quota
    ]
    if sum(seats.held.values()) > seats.capacity:
        found.append(f"session: {sum(seats.held.values())} of {seats.capacity}")
    elif needed(seats, seats.held) > seats.capacity:
        found.append(f"a minimum is gone: {dict(seats.held)}")
    return found


def waits_in_vain(seats: Seats) -> list[int]:
    """The groups in which somebody waits although one more of it could be seated."""
    return [pk for pk, number in seats.waiting.items() if number and _takes_one_more(seats, pk)]


def _takes_one_more(seats: Seats, pk: int) -> bool:
    more = {**seats.held, pk: seats.held.get(pk, 0) + 1}
    return more[pk] <= seats.quotas[pk] and needed(seats, more) <= seats.capacity


def needed(seats: Seats, held: Mapping[int, int]) -> int:
    """How many chairs it takes to seat those and to keep every minimum."""
    return sum(max(held.get(pk, 0), least) for pk, least in seats.minimums.items())


def process(work: Callable[..., None], *args: Any) -> None:
    """The first thing that a forked process does: nothing of its parent's is used or ended."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    connections.close_all()
    work(*args)
    connections.close_all()


def be_people(numbers: Iterable[int], groups: list[int], notice: int, kept: Path) -> None:
    """So many people sign up, one after the other; for five that come, one with a seat cancels;
    offers are answered, or not. What was acknowledged is written down before the next one comes.
    """
    choose = random.Random(os.getpid())
    known = SeatGroup.objects.select_related("session", "audience").in_bulk(groups)
    shown = PrivacyNotice.objects.get(pk=notice)
    mine: list[Registration] = []
    for number in numbers:
        row = sign_up(number, known[groups[number % len(groups)]], shown)
        with kept.open("a") as file:
            file.write(f"{number} {row.pk}\n")
        mine.append(row)
        if choose.random() < CANCELLING:
            _cancel_one(mine, choose)
        _answer(mine, choose)


def sign_up(number: int, group: SeatGroup, notice: PrivacyNotice) -> Registration:
    """Half of them left an address; the others are on the call list, and nobody calls them."""
    address = f"person{number}@example.org" if number % 2 else ""
    return register(
        group=group,
        applicant=Applicant(name="张三", phone=f"138{number:08d}", email=address),
        idempotency_key=uuid.uuid5(KEYS, str(number)),
        notice=notice,
    )


def _cancel_one(mine: list[Registration], choose: random.Random) -> None:
    pks = [row.pk for row in mine]
    seated = list(Registration.objects.filter(pk__in=pks, state=State.CONFIRMED))
    if seated:
        _tried(cancel, choose.choice(seated))


def _answer(mine: list[Registration], choose: random.Random) -> None:
    """Of those who have an offer now, some take it, some don't want it, and some say nothing."""
    pks = [row.pk for row in mine]
    for row in Registration.objects.filter(pk__in=pks, state=State.OFFERED):
        action = choose.choice([accept_offer, accept_offer, decline_offer, None])
        if action:
            _tried(action, row)


def _tried(action: Callable[..., Any], row: Registration) -> None:
    """A refusal is an answer as well: the offer was over, or somebody was quicker."""
    try:
        action(registration=row)
    except SeatRefused:
        return


def keep_time(session_id: int, end: Event) -> None:
    """Sweep over and over; half of the people who have an offer are told, and late a moment
    after. The others keep theirs: on a slow machine nobody would be left to wait otherwise."""
    while not end.is_set():
        hasten(session_id, seconds=0.02)
        sweeping.sweep()


def hasten(session_id: int, *, seconds: float) -> None:
    """Time passes for every other one: told of the offer, he has said nothing since."""
    with transaction.atomic():
        session = locking.lock_session(session_id)
        offers = session.registrations.filter(state=State.OFFERED, offer_started_at=None)
        late = [pk for pk in offers.values_list("pk", flat=True) if pk % 2]
        now = timezone.now()
        Registration.objects.filter(pk__in=late).update(
            offer_started_at=now, offer_expires_at=now + timedelta(seconds=seconds)
        )


def look_on(session_id: int, end: Event, answer: Connection) -> None:
    """Look again and again, once more after the end; answers how often, and what was wrong."""
    looks, found, last = 0, [], False
    while True:
        found += wrongs(look(session_id))
        looks += 1
        if last:
            break
        last = end.is_set()
    answer.send((looks, found[:5]))
    answer.close()


def sign_up_together(number: int, group: int, notice: int, gate: Barrier, lock: bool) -> None:
    """Sign up with a stop between counting and inserting, until all have counted.

    With the lock one alone comes as far as that, and goes on when it has waited long enough.
    """

    def count_and_wait(session: Session) -> dict[int, int]:
        free = settle(session)
        with suppress(BrokenBarrierError):
            gate.wait()
        return free

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registering, "settle", count_and_wait)
        if not lock:
            patch.setattr(registering, "lock_session", _unlocked)
        found = SeatGroup.objects.select_related("session", "audience").get(pk=group)
        sign_up(number, found, PrivacyNotice.objects.get(pk=notice))


def _unlocked(pk: int, **_event: Any) -> Session:
    """What ``locking.lock_session`` would be without FOR UPDATE."""
    return Session.objects.select_related("event").get(pk=pk)
