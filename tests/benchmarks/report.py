"""Figures with the goal beside each; the same lines again as JSON for the table of all benches."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured. ``goal`` is a text; whether it is met was decided with it."""

    name: str
    value: str
    goal: str = ""
    met: bool | None = None
    detail: str = ""

    def line(self) -> str:
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        return f"{self.name:46}{self.value:>12}  {self.goal:14}{verdict:8}{self.detail}".rstrip()


class Goal(NamedTuple):
    """A bound and which side of it is good."""

    sign: str
    bound: float
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.sign} {self.bound:g}{self.unit}"

    def is_met_by(self, value: float) -> bool:
        return value >= self.bound if self.sign == "≥" else value <= self.bound


def at_least(bound: float, unit: str = "×") -> Goal:
    return Goal("≥", bound, unit)


def at_most(bound: float, unit: str = "×") -> Goal:
    return Goal("≤", bound, unit)


def figure(
    name: str, value: float, goal: Goal | None, *, unit: str = "×", detail: str = ""
) -> Figure:
    """A number with its unit, judged."""
    shown = f"{value:.3g}{unit}" if value < 1000 else f"{value:,.0f}{unit}"
    if goal is None:
        return Figure(name, shown, detail=detail)
    return Figure(name, shown, str(goal), goal.is_met_by(value), detail)


def tell(figures: list[Figure]) -> int:
    """Print them, and append them to the file BENCH_RESULTS; the exit status."""
    for one in figures:
        print(one.line(), flush=True)
    results = os.environ.get("BENCH_RESULTS")
    if results:
        with Path(results).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(one)) + "\n" for one in figures)
    return 1 if any(one.met is False for one in figures) else 0


def note(text: str) -> None:
    """What happens, beside the figures, on the error stream, with the load of the machine."""
    print(f"    [{os.getloadavg()[0]:.1f}] {text}", file=sys.stderr, flush=True)
