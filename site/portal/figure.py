from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the dashboard with where it leads."""

    label: str
    count: int
    address: str
