"""make test: everything that must hold, with servers of its own, and a table at the end.

    python3 scripts/test.py                 all steps
    python3 scripts/test.py quick           lint apart, the units on SQLite
    python3 scripts/test.py lint            what needs no database

Every step runs, also after one failed; the exit status is 1 if any did.
"""

import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from machine import (
    PYTHON,
    ROOT,
    TO_RUN,
    TO_TEST,
    find_chromium,
    require_environment,
    require_packages,
    require_python,
)
from services import DATABASE, FOR_TESTS, both, end_on_signals

PYTEST = [str(PYTHON), "-m", "pytest"]
IN_PARALLEL = ["-n", "2"]
# What a developer may have set for himself must not decide what a step runs on.
SERVERS = ("DATABASE_URL", "REDIS_URL")
UNITS = "not browser and not concurrency and not broker"
SOURCES = ["site", "consultation", "openday", "interpretations", "tests", "scripts", "manage.py"]


@dataclass
class Step:
    """One command and what it needs in its environment."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Outcome:
    """What became of a step."""

    name: str
    seconds: float
    passed: bool


def lint_steps() -> list[Step]:
    """Style, types, contracts."""
    programs = PYTHON.parent
    manage = [str(PYTHON), "manage.py"]
    test_settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    return [
        Step("ruff check", [str(programs / "ruff"), "check", *SOURCES]),
        Step("ruff format", [str(programs / "ruff"), "format", "--check", *SOURCES]),
        Step("djlint", [str(programs / "djlint"), "--lint", "--quiet", "templates"]),
        Step("mypy", [str(programs / "mypy")]),
        Step("import contracts", [str(programs / "lint-imports")], {"PYTHONPATH": "site:."}),
        Step(
            "missing migrations",
            [*manage, "makemigrations", "--check", "--dry-run"],
            test_settings,
        ),
    ]


def server_steps(servers: dict[str, str], folder: Path) -> list[list[Step]]:
    """What needs PostgreSQL or Redis, and the smoke without either; what stands in one list runs
    at the same time: locks, brokers and processes are waited for more than reckoned with."""
    browser = {"CHROMIUM": find_chromium() or "", "TMPDIR": str(folder)}
    deploy = [str(PYTHON), "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    migrate = [str(PYTHON), "manage.py", "migrate", "--verbosity", "0"]
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    first = [
        Step("check --deploy", deploy, servers | production(folder)),
        Step("migrations, PostgreSQL", migrate, servers | settings),
    ]
    servers = servers | {"MIGRATED_DATABASE": DATABASE}
    everything = servers | browser
    waiting = [
        Step("concurrency", marked("concurrency", "and not browser"), everything),
        Step("smoke, SQLite", marked("smoke"), browser),
    ]
    return [
        first,
        [Step("units, PostgreSQL", [*PYTEST, *IN_PARALLEL, "-m", UNITS], everything)],
        waiting,
        [Step("broker", marked("broker", "and not concurrency"), everything)],
        [Step("browser", [*marked("browser", "and not looks"), *IN_PARALLEL], everything)],
        [Step("looks", [*marked("looks"), *IN_PARALLEL], everything)],
    ]


def marked(mark: str, more: str = "") -> list[str]:
    """The tests with that mark. Collecting all the others, too, takes ten seconds each time."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    chosen = [
        str(file)
        for file in files
        if mark in file.parts or f"mark.{mark}" in file.read_text("utf-8")
    ]
    return [*PYTEST, "-m", f"{mark} {more}".strip(), *chosen]


def production(folder: Path) -> dict[str, str]:
    """A complete environment for the production settings, with secrets made up on the spot."""
    names = ("SECRET_KEY", "PEOPLE_KEYS", "PERSON_KEY", "ALTCHA_HMAC_KEY")
    return {name: secrets.token_urlsafe(48) for name in names} | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "ALLOWED_HOSTS": "minyi.example.org",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        "STATIC_ROOT": str(folder / "static"),
    }


def run(step: Step, output: IO[bytes] | None = None) -> Outcome:
    """Run one step with its output on the terminal, or in ``output``."""
    print(f"\n=== {step.name}", flush=True)
    inherited = {name: value for name, value in os.environ.items() if name not in SERVERS}
    start = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=ROOT,
        env=inherited | step.environment,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        check=False,
    )
    return Outcome(step.name, time.monotonic() - start, done.returncode == 0)


def run_together(steps: list[Step]) -> list[Outcome]:
    """Run them at the same time; what each but the first says follows when all are done."""
    with contextlib.ExitStack() as stack, ThreadPoolExecutor() as pool:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _step in steps[1:]]
        outcomes = list(pool.map(run, steps, [None, *files]))
        for step, file in zip(steps[1:], files, strict=True):
            file.seek(0)
            print(f"\n=== {step.name}\n{file.read().decode(errors='replace')}", flush=True)
    return outcomes


def report(outcomes: list[Outcome], start: float) -> int:
    """Print the table, at its end the time since ``start`` by the monotonic clock; gives the exit
    status."""
    print(f"\n{'step':24}{'seconds':>9}  result")
    for outcome in outcomes:
        result = "passed" if outcome.passed else "FAILED"
        print(f"{outcome.name:24}{outcome.seconds:9.1f}  {result}")
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    print(f"{'from the start':24}{time.monotonic() - start:9.1f}")
    print(f"FAILED: {', '.join(failed)}" if failed else "all passed")
    return 1 if failed else 0


def test_all() -> list[Outcome]:
    """All steps; the servers are ended whatever happens."""
    require_packages(TO_TEST)
    require_environment("dev")
    outcomes = run_together(lint_steps())
    with both(FOR_TESTS) as servers, tempfile.TemporaryDirectory(prefix="portal-test-") as folder:
        for steps in server_steps(servers, Path(folder)):
            outcomes += run_together(steps)
    return outcomes


def main() -> int:
    """What the first argument names; everything without one."""
    start = time.monotonic()
    require_python()
    end_on_signals()
    wanted = sys.argv[1] if len(sys.argv) > 1 else "all"
    if wanted == "all":
        return report(test_all(), start)
    require_packages(TO_RUN)
    require_environment("dev")
    if wanted == "lint":
        return report(run_together(lint_steps()), start)
    quick = [*PYTEST, *IN_PARALLEL, "-m", f"{UNITS} and not slow", *sys.argv[2:]]
    return report([run(Step("units, SQLite", quick))], start)


if __name__ == "__main__":
    sys.exit(main())
