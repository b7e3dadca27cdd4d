"""wrk as the client: keep-alive connections from the same machine, two targets turn by turn."""

import json
import statistics
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.report import note

SCRIPT = Path(__file__).with_name("load.lua")
ROUNDS = 5
SECONDS = 3
CONNECTIONS = 16


class Spoilt(Exception):
    """The measurement means nothing: answers were refused or broken, or the bodies ran out."""


@dataclass
class Target:
    """What is asked. ``bodies``: a file as load.lua reads it, each of its requests sent once;
    ``fresh``: each request with a query of its own, so that no cache can answer."""

    name: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    bodies: Path | None = None
    fresh: bool = False
    connections: int = CONNECTIONS
    sent: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Speed:
    """One run: answers a second, and how long they took (milliseconds)."""

    per_second: float
    median_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Rounds of two targets, in pairs."""

    first: list[Speed]
    second: list[Speed]

    @property
    def ratio(self) -> float:
        """The median of the first by the median of the second."""
        return self.median(self.first) / self.median(self.second)

    @property
    def detail(self) -> str:
        """Both speeds, and the ratios of the single rounds, worst and best."""
        pairs = zip(self.first, self.second, strict=True)
        ratios = [one.per_second / other.per_second for one, other in pairs]
        speeds = f"{self.median(self.first):,.0f}/s by {self.median(self.second):,.0f}/s"
        return f"{speeds}; rounds {min(ratios):.2f}–{max(ratios):.2f}"

    @staticmethod
    def median(speeds: list[Speed]) -> float:
        return statistics.median(speed.per_second for speed in speeds)


def compare(first: Target, second: Target, *, rounds: int = ROUNDS) -> Compared:
    """Turn by turn, each warmed up once."""
    for target in (first, second):
        measure(target, seconds=1)
    measured = Compared([], [])
    for number in range(rounds):
        measured.first.append(measure(first))
        measured.second.append(measure(second))
        names = (first.name, second.name)
        speeds = (measured.first[-1].per_second, measured.second[-1].per_second)
        shown = (f"{name} {speed:,.0f}/s" for name, speed in zip(names, speeds, strict=True))
        note(f"round {number + 1}: {', '.join(shown)}")
    return measured


def measure(target: Target, *, seconds: int = SECONDS) -> Speed:
    """One run of wrk.

    Raises:
        Spoilt: see there.
    """
    headers = [part for item in target.headers.items() for part in ("-H", ": ".join(item))]
    arguments = ["fresh", f"{time.time_ns()}"] if target.fresh else ["get"]
    if target.bodies:
        arguments = ["post", str(target.bodies), str(target.sent)]
    command = ["wrk", "-t1", f"-c{target.connections}", f"-d{seconds}s", "--timeout", "10s"]
    done = subprocess.run(
        [*command, "-s", str(SCRIPT), *headers, target.url, "--", *arguments],
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=False,
    )
    _before, mark, result = done.stdout.partition("\nRESULT ")
    if done.returncode or not mark:
        raise Spoilt(f"{target.name}: {done.stdout}{done.stderr}")
    counts = json.loads(result)
    target.sent += counts["used"]
    target.answered += counts["requests"]
    wrong = {name: counts[name] for name in ("refused", "broken", "late") if counts[name]}
    if wrong or not counts["requests"] or counts["used"] > counts["available"]:
        raise Spoilt(f"{target.name}: {counts}")
    per_second = counts["requests"] / counts["seconds"]
    return Speed(per_second, counts["median_ms"], counts["p99_ms"])
