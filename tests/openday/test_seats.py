"""The seat formula, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openday.seats import GroupSeats, free_seats, must_keep


@pytest.mark.parametrize(
    ("capacity", "groups", "free"),
    [
        (10, {1: GroupSeats(10, 0, 0)}, {1: 10}),
        (10, {1: GroupSeats(4, 0, 3), 2: GroupSeats(10, 0, 6)}, {1: 1, 2: 1}),
        # Three seats of the whole are kept for the second group.
        (10, {1: GroupSeats(10, 0, 6), 2: GroupSeats(5, 3, 0)}, {1: 1, 2: 4}),
        # It has two of its three: one is kept still.
        (10, {1: GroupSeats(10, 0, 7), 2: GroupSeats(5, 3, 2)}, {1: 0, 2: 1}),
        # Released: the same seats are anybody's.
        (10, {1: GroupSeats(10, 0, 7), 2: GroupSeats(5, 0, 2)}, {1: 1, 2: 1}),
        # A group beyond its minimum keeps nothing more.
        (10, {1: GroupSeats(10, 2, 5), 2: GroupSeats(10, 2, 5)}, {1: 0, 2: 0}),
    ],
)
def test_the_formula(capacity: int, groups: dict[int, GroupSeats], free: dict[int, int]) -> None:
    assert free_seats(capacity, groups) == free


_groups = st.dictionaries(
    st.integers(1, 5),
    st.integers(1, 20).flatmap(
        lambda quota: st.builds(
            GroupSeats, st.just(quota), st.integers(0, quota), st.integers(0, quota)
        )
    ),
    min_size=1,
)


@given(_groups, st.integers(0, 30))
def test_a_free_seat_never_breaks_a_bound(groups: dict[int, GroupSeats], spare: int) -> None:
    """Whoever takes a free seat leaves everybody seated and every minimum within reach."""
    capacity = must_keep(groups.values()) + spare
    for key, free in free_seats(capacity, groups).items():
        if free:
            group = groups[key]
            taken = {**groups, key: GroupSeats(group.quota, group.minimum, group.held + free)}
            assert taken[key].held <= group.quota
            assert must_keep(taken.values()) <= capacity
        else:
            group = groups[key]
            more = {**groups, key: GroupSeats(group.quota, group.minimum, group.held + 1)}
            full = group.held + 1 > group.quota
            assert full or must_keep(more.values()) > capacity
