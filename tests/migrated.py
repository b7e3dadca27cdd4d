"""On SQLite, what the migrations make is made once and copied: seven seconds for each worker.

The copy lies in pytest's cache and is named by everything it follows from, so a migration that was
changed, added or taken away makes a new one. ``migrate`` runs on the copy as it would on an empty
database; it finds nothing left to do.
"""

import contextlib
import fcntl
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings

from portal.settings.base import ROOT

# The name that Django gives to a test's database in memory.
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
# What the migrations of ours read besides themselves.
READ_BY_MIGRATIONS = (
    ROOT / "site/publishing/workdays.py",
    *sorted((ROOT / "site/publishing/data").glob("*")),
)


def is_in_memory() -> bool:
    """Whether the tests run on SQLite in memory; other databases are migrated as ever."""
    database = settings.DATABASES["default"]
    return (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", ":memory:")


def migration_files() -> list[Path]:
    """Those of every app, Django's and Wagtail's too, in an order that is always the same."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    return sorted(path for folder in folders for path in folder.glob("*.py"))


def fingerprint(files: Iterable[Path]) -> str:
    """Changes with any of the files and with what runs them."""
    digest = hashlib.sha256(f"{version('django')} {sqlite3.sqlite_version}".encode())
    for path in files:
        content = path.read_bytes()
        digest.update(f"\n{path} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:32]


class Template:
    """The file that is copied. Whoever finds none holds the lock until he has made it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = fingerprint([*migration_files(), *READ_BY_MIGRATIONS])
        self.file = folder / f"{name}.sqlite3"
        self._lock = (folder / "lock").open("w")

    @contextlib.contextmanager
    def poured(self) -> Iterator[None]:
        """The database in memory is a copy of the file, if there is one."""
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        with contextlib.closing(sqlite3.connect(IN_MEMORY, uri=True)) as memory:
            if self.file.exists():
                with contextlib.closing(sqlite3.connect(self.file)) as file:
                    file.backup(memory)
                self._lock.close()
            # It lives as long as somebody is connected; Django only connects afterwards.
            yield

    def keep(self) -> None:
        """What Django has migrated becomes the file, unless it came from there."""
        if self._lock.closed:
            return
        for old in self.file.parent.glob("*.sqlite3*"):
            old.unlink()
        unfinished = self.file.with_suffix(".sqlite3-new")
        memory, file = sqlite3.connect(IN_MEMORY, uri=True), sqlite3.connect(unfinished)
        with contextlib.closing(memory), contextlib.closing(file):
            memory.backup(file)
        unfinished.rename(self.file)
        self._lock.close()
