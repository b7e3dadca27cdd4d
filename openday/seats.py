"""The seat formula (design.md, "Seats"). Pure: counts in, free seats out.

Seats free for a group g =
    min(quota_g − held_g, capacity − held_all − Σ_{h≠g} max(0, minimum_h − held_h)).

A minimum keeps seats of the whole for a group that has not filled them yet, until it is released.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupSeats:
    """One group's seats: how many at most, how many kept for it, how many are held now.

    ``minimum``: 0 once it is released.
    """

    quota: int
    minimum: int
    held: int


def free_seats(capacity: int, groups: Mapping[int, GroupSeats]) -> dict[int, int]:
    """How many more people each group can seat now, by the group's key; never below 0."""
    held = sum(group.held for group in groups.values())
    kept = {key: max(0, group.minimum - group.held) for key, group in groups.items()}
    left = capacity - held - sum(kept.values())
    return {
        key: max(0, min(group.quota - group.held, left + kept[key]))
        for key, group in groups.items()
    }


def must_keep(groups: Iterable[GroupSeats]) -> int:
    """The smallest capacity that seats everybody who holds a seat and keeps every minimum."""
    return sum(max(group.held, group.minimum) for group in groups)
