"""The register with 100, 10,000 and 100,000 opinions: what its pages cost more as it grows.

Three databases of the same content but for the number of opinions, a server on each, asked turn by
turn by one member of staff. A page of 40 rows is asked for, the first, the last, and the first of
what a filter or a search leaves.
"""

import math
import os
import re
import statistics
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from bench import copied
from django.db import connection
from django.test import Client
from django.urls import reverse

from consultation.models import Opinion
from consultation.viewsets.opinions import OpinionViewSet
from publishing.enums import Role
from tests.benchmarks.report import Figure, at_most, figure, note, tell
from tests.benchmarks.sample import HEADERS, add_opinions, analyse
from tests.benchmarks.sample import clauses as sample_clauses
from tests.benchmarks.server import fetch, gunicorn
from tests.consultation.desk import make_office, make_officer
from tests.factories.consultation import make_draft

SIZES = (100, 10_000, 100_000)
ROUNDS = 5
TIMES = 5
GOAL = 2.0
_ROW = re.compile(r">\s*\d+号\s*<")


def main() -> int:
    folder = Path(os.environ["BENCH_FOLDER"])
    unit = make_office("党政办")
    draft = make_draft(unit=unit, title="便民服务办法", clauses=sample_clauses(100))
    client = Client()
    client.force_login(make_officer(unit, Role.EDITOR))
    headers = {**HEADERS, "Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    databases = {}
    for size in SIZES:
        add_opinions(draft, size - Opinion.objects.count())
        analyse()
        databases[size] = _copy(size)
        note(f"{size:,} opinions")
    with ExitStack() as servers:
        ports = {
            size: servers.enter_context(
                gunicorn(folder, "tests.benchmarks.settings", DATABASE_URL=address)
            )
            for size, address in databases.items()
        }
        figures = [row for name in _queries(100) for row in _compared(name, ports, headers)]
    return tell(figures)


def _copy(size: int) -> str:
    """The address of a copy of the database; nobody may be connected to it meanwhile."""
    connection.close()
    connection.close_pool()
    return copied(os.environ["DATABASE_URL"], f"bench_desk_{size}")


def _queries(size: int) -> dict[str, str]:
    """What is asked for, by its name, at a number of opinions."""
    last = math.ceil(size / OpinionViewSet.list_per_page)
    return {
        "first page": "",
        "last page": f"?p={last}",
        "filter": "?channel=letter",
        "search": f"?q={quote('公开栏')}",
    }


def _compared(name: str, ports: dict[int, int], headers: dict[str, str]) -> list[Figure]:
    """Medians of the rounds, those of the larger registers as ratios to the smallest."""
    path = reverse("opinion:index")
    taken: dict[int, list[float]] = {size: [] for size in ports}
    for _round in range(ROUNDS):
        for size, port in ports.items():
            address = f"{path}{_queries(size)[name]}"
            taken[size].append(statistics.median(_seconds(port, address, headers)))
    median = {size: statistics.median(times) for size, times in taken.items()}
    return [
        figure(
            f"desk, {name}, {size:,} opinions / {SIZES[0]}",
            median[size] / median[SIZES[0]],
            at_most(GOAL),
            detail=f"{median[size] * 1000:.0f} ms by {median[SIZES[0]] * 1000:.0f} ms",
        )
        for size in SIZES[1:]
    ]


def _seconds(port: int, path: str, headers: dict[str, str]) -> list[float]:
    """How long single answers took; each must hold rows."""
    times = []
    for _time in range(TIMES):
        began = time.perf_counter()
        status, _headers, body = fetch(port, path, headers)
        times.append(time.perf_counter() - began)
        assert status == 200, (path, status)
        assert _ROW.search(body.decode()), path
    return times
