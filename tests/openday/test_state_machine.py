"""Whatever people, staff and the clock do in whatever order: no seat twice, none left idle.

Hypothesis calls the services at random and looks at everything after each call.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from openday.seats import GroupSeats
from openday.services import settling
from tests.factories.consultation import make_notice
from tests.factories.openday import make_event, make_officer_of
from tests.openday.seat_machine import Seats

pytestmark = pytest.mark.slow
SETTINGS = settings(
    max_examples=12,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def machine(db: None) -> type[Seats]:
    make_notice()
    event = make_event()
    return type("Machine", (Seats,), {"event": event, "officer": make_officer_of(event)})


def test_whatever_happens_seats_are_right(machine: type[Seats]) -> None:
    run_state_machine_as_test(machine, settings=SETTINGS)


def _without_the_whole(capacity: int, groups: dict[int, GroupSeats]) -> dict[int, int]:
    """A formula that knows the groups' quotas alone."""
    return {pk: max(0, group.quota - group.held) for pk, group in groups.items()}


@contextmanager
def four_people_for_two_chairs(machine: type[Seats]) -> Iterator[Seats]:
    """Two for each of two groups that have room."""
    seats = machine()
    try:
        seats.announce(capacity=2, minimum=0, limit=None)
        for person in range(4):
            seats.sign_up(group=person % 2, phone=person)
        yield seats
    finally:
        seats.teardown()


def test_a_formula_that_forgets_the_capacity_is_found_out(
    machine: type[Seats], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the machine sees it. By a fixed way; chance took forty seconds to come by."""
    with four_people_for_two_chairs(machine) as seats:
        seats.no_seat_is_given_twice()
    monkeypatch.setattr(settling, "free_seats", _without_the_whole)
    with four_people_for_two_chairs(machine) as seats, pytest.raises(AssertionError):
        seats.no_seat_is_given_twice()
