"""On PostgreSQL, what tests that commit begin with is copied by the database itself, and after them
only tables that have rows are emptied.

Django keeps the rows as JSON and saves them one by one: two statements for each of some 900, which
was most of the time of a short test in the browser. It truncates every table, and each of those
makes new files, empty or not.
"""

from typing import Any

from django.db import connection, transaction
from psycopg import sql

_SCHEMA = "kept"
_KEPT_BY_FLUSH = ("django_migrations",)
_TABLES = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname
"""


class KeptRows:
    """Every table that has rows now, beside the tables themselves."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(_SCHEMA)))
            cursor.execute(_TABLES)
            every = dict(cursor.fetchall())
            self._has_rows = _asking_for_rows(
                [name for name in every if name not in _KEPT_BY_FLUSH]
            )
            self._tables = [(name, every[name]) for name in self._filled(cursor)]
            for name, _columns in self._tables:
                copy = sql.SQL("CREATE TABLE {} AS TABLE {}")
                cursor.execute(copy.format(sql.Identifier(_SCHEMA, name), _public(name)))

    def empty(self, _truncating: list[str]) -> None:
        """In place of ``execute_sql_flush``: what is referred to goes at the same time."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name in self._filled(cursor):
                cursor.execute(sql.SQL("DELETE FROM {}").format(_public(name)))

    def _filled(self, cursor: Any) -> list[str]:
        cursor.execute(self._has_rows)
        return [name for (name,) in cursor.fetchall()]

    def put_back(self, _serialized: str) -> None:
        """In place of ``deserialize_db_from_string``, into tables that were emptied, or before the
        first test never touched. What one row asks of another is as it was: no trigger looks."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name, columns in self._tables:
                cursor.execute(_filling(name, columns))


def _asking_for_rows(names: list[str]) -> sql.Composed:
    asked = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    return sql.SQL(" UNION ALL ").join(
        asked.format(sql.Literal(name), _public(name)) for name in names
    )


def _filling(name: str, columns: list[str]) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT DO NOTHING").format(
        _public(name), listed, listed, sql.Identifier(_SCHEMA, name)
    )


def _public(name: str) -> sql.Identifier:
    return sql.Identifier("public", name)
