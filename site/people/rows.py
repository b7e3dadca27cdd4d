"""Plain rows, written by statements whose text is made once.

Django composes the text of an INSERT anew for each row, which takes longer than the database needs
for it. Here its own compiler composes it once for each model; the fields prepare the values as
ever. As with ``bulk_create`` no signals are sent: for models to which nothing listens.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models, transaction
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

Model = type[models.Model]


def insert(*rows: models.Model) -> None:
    """Writes new rows of one model by one statement; each has its key afterwards."""
    for row, key in zip(rows, _written(rows, None), strict=True):
        _note(row, key)


def insert_unless_taken(row: models.Model) -> bool:
    """Writes the row; False where one with the same unique value is there.

    Unlike a refused INSERT that spoils no transaction, so it needs no savepoint.
    """
    for key in _written([row], OnConflict.IGNORE):
        _note(row, key)
        return True
    return False


def _note(row: models.Model, key: Any) -> None:
    """What ``save`` tells a row that it has written."""
    row.pk = key
    row._state.adding, row._state.db = False, connection.alias


def _written(rows: Sequence[models.Model], conflict: OnConflict | None) -> list[Any]:
    """The keys of the rows that were written, in their order."""
    model = type(rows[0])
    values = [
        field.get_db_prep_save(field.pre_save(row, True), connection)
        for row in rows
        for field in _fields(model)
    ]
    text = _text(model, connection.vendor, len(rows), conflict)
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(text, values)
        return [key for (key,) in cursor.fetchall()]


@lru_cache(maxsize=256)
def _fields(model: Model) -> list[Any]:
    """All columns but the key, which the database draws."""
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


@lru_cache(maxsize=256)
def _text(model: Model, vendor: str, number: int, conflict: OnConflict | None) -> str:
    """The statement for so many rows: what Django's compiler makes for one, its values repeated."""
    query = InsertQuery(model, on_conflict=conflict)
    query.insert_values(_fields(model), [model()])
    compiler = query.get_compiler(connection=connection)
    compiler.returning_fields = [model._meta.pk]
    [(text, _values)] = compiler.as_sql()
    one = f"({', '.join(['%s'] * len(_fields(model)))})"
    before, after = str(text).split(f" VALUES {one}")
    return f"{before} VALUES {', '.join([one] * number)}{after}"
