"""On PostgreSQL, what tests that commit begin with is copied by the database itself.

Django keeps it as JSON and saves it row by row: two statements for each of some 900 rows, which
was most of the time of a short test in the browser.
"""

from typing import Any

from django.db import connection, transaction
from psycopg import sql

_SCHEMA = "kept"
_FILLED = """
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
            cursor.execute(_FILLED)
            self._tables = [row for row in cursor.fetchall() if _has_rows(cursor, row[0])]
            for name, _columns in self._tables:
                copy = sql.SQL("CREATE TABLE {} AS TABLE {}")
                cursor.execute(copy.format(sql.Identifier(_SCHEMA, name), _public(name)))

    def put_back(self, _serialized: str) -> None:
        """In place of ``deserialize_db_from_string``, into tables that were emptied, or before the
        first test never touched. What one row asks of another is as it was: no trigger looks."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name, columns in self._tables:
                cursor.execute(_filling(name, columns))


def _has_rows(cursor: Any, name: str) -> bool:
    cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(_public(name)))
    return bool(cursor.fetchone()[0])


def _filling(name: str, columns: list[str]) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT DO NOTHING").format(
        _public(name), listed, listed, sql.Identifier(_SCHEMA, name)
    )


def _public(name: str) -> sql.Identifier:
    return sql.Identifier("public", name)
