"""What the panels of the admin's first page are made of."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with where it leads."""

    label: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Due:
    """One thing with its day: a draft that closes, or whose result is awaited."""

    title: str
    day: date
    address: str
