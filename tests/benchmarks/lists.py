"""A list of the desk on a short and on long registers: what its pages cost more."""

import re
import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.benchmarks.report import Figure, at_most, figure
from tests.benchmarks.server import fetch

ROUNDS, TIMES, GOAL = 5, 5, 2.0


class DeskList(NamedTuple):
    """What is asked for. ``rows``: what the register holds; ``row``: what stands in each of them.

    ``queries``: the query strings by their names, for a size of the register.
    """

    name: str
    rows: str
    path: str
    row: re.Pattern[str]
    headers: Mapping[str, str]
    queries: Callable[[int], dict[str, str]]


def compare_sizes(asked: DeskList, ports: Mapping[int, int]) -> list[Figure]:
    """Each query's medians, those of the larger registers as ratios to the smallest.

    ``ports``: a server for each size of the register, the smallest first.
    """
    return [row for name in asked.queries(min(ports)) for row in _compared(asked, name, ports)]


def _compared(asked: DeskList, name: str, ports: Mapping[int, int]) -> list[Figure]:
    taken: dict[int, list[float]] = {size: [] for size in ports}
    for _round in range(ROUNDS):
        for size, port in ports.items():
            taken[size].append(statistics.median(_seconds(port, asked, asked.queries(size)[name])))
    median = {size: statistics.median(times) for size, times in taken.items()}
    smallest, *larger = median
    return [
        figure(
            f"{asked.name}, {name}, {size:,} {asked.rows} / {smallest}",
            median[size] / median[smallest],
            at_most(GOAL),
            detail=f"{median[size] * 1000:.0f} ms by {median[smallest] * 1000:.0f} ms",
        )
        for size in larger
    ]


def _seconds(port: int, asked: DeskList, query: str) -> list[float]:
    """How long single answers took; each must hold rows."""
    times = []
    for _time in range(TIMES):
        began = time.perf_counter()
        status, _headers, body = fetch(port, f"{asked.path}{query}", asked.headers)
        times.append(time.perf_counter() - began)
        assert status == 200, (asked.path, query, status)
        assert asked.row.search(body.decode()), (asked.path, query)
    return times
