"""The register of 100,000 opinions as XLSX, against xlsxwriter with the same cells and no database.

Each in a process of its own, one after the other, so that the memory is its own, too.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

import xlsxwriter
from django.db import connection

from consultation.exports.rows import register
from consultation.models import DecisionDraftPage, Opinion
from publishing.sheets.table import Sheet
from publishing.sheets.xlsx import write_xlsx
from tests.benchmarks.report import at_most, figure, note, tell
from tests.benchmarks.sample import add_opinions, analyse, open_draft

OPINIONS = 100_000
ROUNDS = 3
SLOWER, MEMORY = 1.5, 120


def main() -> int:
    """Fill the database, then time both kinds turn by turn; called with a kind, time that."""
    if kinds := sys.argv[2:]:
        return _measure(kinds[0])
    add_opinions(open_draft(), OPINIONS)
    analyse()
    connection.close()
    taken: dict[str, list[dict[str, float]]] = {"register": [], "bare": []}
    for number in range(ROUNDS):
        for kind, found in taken.items():
            found.append(_apart(kind))
        shown = (f"{kind} {found[-1]['seconds']:.1f} s" for kind, found in taken.items())
        note(f"round {number + 1}: {', '.join(shown)}")
    seconds = {kind: statistics.median(_of(found, "seconds")) for kind, found in taken.items()}
    return tell(
        [
            figure(
                "XLSX of 100,000 opinions / bare xlsxwriter",
                seconds["register"] / seconds["bare"],
                at_most(SLOWER),
                detail=f"{seconds['register']:.1f} s by {seconds['bare']:.1f} s",
            ),
            figure(
                "XLSX of 100,000 opinions, memory for it",
                max(_of(taken["register"], "megabytes")),
                at_most(MEMORY, " MB"),
                unit=" MB",
                detail=f"bare: {max(_of(taken['bare'], 'megabytes')):.0f} MB",
            ),
        ]
    )


def _of(found: list[dict[str, float]], name: str) -> list[float]:
    return [one[name] for one in found]


def _apart(kind: str) -> dict[str, float]:
    """Seconds and the largest memory of one export in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks", "export", kind]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _write(kind: str, file: IO[bytes]) -> int:
    sheet = register(opinions=Opinion.objects.filter(draft=DecisionDraftPage.objects.get()))
    return write_xlsx(sheet, file) if kind == "register" else _write_bare(sheet, file)


def _write_bare(sheet: Sheet, file: IO[bytes]) -> int:
    """As many cells, of the lengths that ours have, with nothing read, masked or cleaned."""
    row = next(iter(sheet.rows))
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    page = book.add_worksheet()
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for line in range(OPINIONS):
        for column, value in enumerate(row):
            page.write_string(line, column, value, plain)
    book.close()
    return OPINIONS


def _measure(kind: str) -> int:
    before = _megabytes("VmRSS")
    with tempfile.TemporaryFile() as file:
        began = time.perf_counter()
        rows = _write(kind, file)
        seconds = time.perf_counter() - began
        assert (rows, file.tell() > 0) == (OPINIONS, True)
    print(json.dumps({"seconds": seconds, "megabytes": _megabytes("VmHWM") - before}))
    return 0


def _megabytes(name: str) -> float:
    """What the process holds (VmRSS), or held at most (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024
