"""make bench: speeds as ratios within one run, with servers of its own, the goals beside them.

    make bench                  all benches
    make bench ONLY=page,desk   some of them

Each bench is a module of tests/benchmarks with a ``main`` and gets a database of its own, copied
from one that was migrated once. The exit status is 1 if a goal is missed. What is measured, and
against what, stands in docs/decisions/performance.md.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import (
    PYTHON,
    ROOT,
    TO_TEST,
    Probe,
    find_postgres,
    require_environment,
    require_packages,
    require_python,
)
from services import both, end_on_signals
from test import production

# Seconds after which a bench is ended.
BENCHES = {
    "parser": 90,
    "hostile": 240,
    "finding": 90,
    "search": 90,
    "page": 150,
    "submit": 240,
    "desk": 180,
    "export": 180,
    "rural": 180,
    "seats": 240,
    "film": 900,
}
SETTINGS = "tests.benchmarks.settings"
HOST = "minyi.example.org"
TO_BENCH: dict[str, Probe] = {
    name: TO_TEST[name]
    for name in ("python3-venv", "postgresql", "redis-server", "chromium", "fontconfig", "ffmpeg")
} | {"wrk": lambda: shutil.which("wrk") is not None}


def chosen() -> list[str]:
    """The benches that ONLY names; all of them without it."""
    names = [name for name in os.environ.get("ONLY", "").replace(",", " ").split() if name]
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.exit(f"没有这项性能测试：{' '.join(unknown)}。可选：{' '.join(BENCHES)}。")
    return names or list(BENCHES)


def environment(servers: dict[str, str], folder: Path) -> dict[str, str]:
    """Complete production settings; mail is written into the outbox, and nobody sends it."""
    return {
        **os.environ,
        **servers,
        **production(folder),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "site"), str(ROOT), str(ROOT / "scripts"))),
        "SMTP_HOST": "127.0.0.1",
        "MAIL_FROM": f"noreply@{HOST}",
        "LOG_LEVEL": "WARNING",
        "BENCH_FOLDER": str(folder),
        "BENCH_RESULTS": str(folder / "results.jsonl"),
    }


def prepare(variables: dict[str, str]) -> None:
    """The tables, and the static files with their hashed names."""
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([PYTHON, "manage.py", *command], cwd=ROOT, env=variables, check=True)


def copied(database_url: str, name: str) -> str:
    """The address of a fresh copy of the migrated database."""
    server, _slash, template = database_url.rpartition("/")
    programs = find_postgres()
    if programs is None:
        sys.exit("缺少 PostgreSQL：sudo apt-get install postgresql")
    make = [programs / "createdb", f"--maintenance-db={server}/postgres", "-T", template, name]
    subprocess.run(make, check=True)
    return f"{server}/{name}"


def run(name: str, variables: dict[str, str]) -> bool:
    """One bench, within its time; whether it met its goals."""
    print(f"\n=== {name}", flush=True)
    began = time.monotonic()
    variables = variables | {"DATABASE_URL": copied(variables["DATABASE_URL"], f"bench_{name}")}
    process = subprocess.Popen([PYTHON, "-m", "tests.benchmarks", name], cwd=ROOT, env=variables)
    try:
        passed = process.wait(BENCHES[name]) == 0
    except subprocess.TimeoutExpired:
        print(f"{name}: ended after {BENCHES[name]} s", flush=True)
        passed = False
    finally:
        _end(process)
    print(f"    {name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return passed


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask first, so that the bench ends the servers that it started."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def report(results: Path, outcomes: dict[str, bool]) -> int:
    """All figures again in one table; gives the exit status."""
    print(f"\n{'':46}{'measured':>12}  goal")
    for line in results.read_text(encoding="utf-8").splitlines() if results.exists() else ():
        one = json.loads(line)
        verdict = {True: "met", False: "MISSED", None: ""}[one["met"]]
        print(f"{one['name']:46}{one['value']:>12}  {one['goal']:14}{verdict}".rstrip())
    failed = [name for name, passed in outcomes.items() if not passed]
    print(f"MISSED or broken: {', '.join(failed)}" if failed else "all goals met")
    return 1 if failed else 0


def main() -> int:
    """The benches that are asked for, one after the other."""
    require_python()
    end_on_signals()
    names = chosen()
    require_packages(TO_BENCH)
    require_environment("dev")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    with both() as servers, tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        variables = environment(servers, folder)
        prepare(variables)
        outcomes = {name: run(name, variables) for name in names}
        return report(folder / "results.jsonl", outcomes)


if __name__ == "__main__":
    sys.exit(main())
