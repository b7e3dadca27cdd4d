"""The register with 100, 10,000 and 100,000 opinions: what its pages cost more as it grows.

Three databases of the same content but for the number of opinions, a server on each, asked turn by
turn by one member of staff. A page of 40 rows is asked for, the first, the last, and the first of
what a filter or a search leaves.
"""

import math
import os
import re
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
from tests.benchmarks.lists import DeskList, compare_sizes
from tests.benchmarks.report import note, tell
from tests.benchmarks.sample import HEADERS, add_opinions, analyse
from tests.benchmarks.sample import clauses as sample_clauses
from tests.benchmarks.server import gunicorn
from tests.consultation.desk import make_office, make_officer
from tests.factories.consultation import make_draft

SIZES = (100, 10_000, 100_000)
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
        asked = DeskList("desk", "opinions", reverse("opinion:index"), _ROW, headers, _queries)
        figures = compare_sizes(asked, ports)
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
