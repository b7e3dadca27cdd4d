import ast
import importlib.util
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import migrated


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_fingerprint_follows_every_file(tmp_path: Path) -> None:
    first, second = tmp_path / "0001.py", tmp_path / "0002.py"
    first.write_text("a"), second.write_text("b")
    seen = {migrated.fingerprint([first]), migrated.fingerprint([first, second])}
    first.write_text("c")
    seen.add(migrated.fingerprint([first, second]))
    assert len(seen) == 3


def test_the_migrations_of_every_app_count() -> None:
    apps = {path.parents[1].name for path in migrated.migration_files()}
    assert {"consultation", "publishing", "people", "notify", "portal", "auth"} <= apps


def test_what_migrations_take_from_elsewhere_and_run_counts_too() -> None:
    """Fields and defaults are only named in migrations; what their functions call is read here."""
    named = {"people.fields", "people.storage", "consultation.models.submission"}
    wanted = {
        Path(spec.origin)
        for path in migrated.migration_files()
        if path.is_relative_to(migrated.ROOT / "site") or "consultation" in path.parts
        for module in imported(path) - named
        if module.split(".")[0] in {"publishing", "people", "notify", "portal", "consultation"}
        if (spec := importlib.util.find_spec(module)) and spec.origin
    }
    assert wanted <= set(migrated.READ_BY_MIGRATIONS)


@pytest.mark.django_db
def test_nothing_is_left_to_migrate() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_an_older_copy_is_neither_used_nor_kept(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "0123456789abcdef.sqlite3").write_bytes(b"of other migrations")
    monkeypatch.setattr(migrated, "IN_MEMORY", "file:trial?mode=memory&cache=shared")
    template = migrated.Template(tmp_path)
    with template.poured():
        template.keep()
    assert [path.name for path in tmp_path.glob("*.sqlite3*")] == [template.file.name]
