"""Questions to the database whose text is composed once.

Django composes the text of a SELECT anew each time, which takes longer than the database needs to
answer a small one. What hundreds ask at the same moment, or under a lock, is composed once here,
by Django's own compiler, and only the values change.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model, QuerySet

# What stands for each kind of value while the text is composed; no constant of a question is one.
_BLANKS: dict[type, list[Any]] = {
    int: [2_000_000_011, 2_000_000_033, 2_000_000_063],
    str: ["blank-1", "blank-2", "blank-3"],
    datetime: [datetime(2001, 2, day, 4, 5, 6, 7, tzinfo=UTC) for day in (1, 2, 3)],
    uuid.UUID: [uuid.UUID(int=number) for number in (11, 22, 33)],
}


class Statement:
    """A question with blanks: ``compose`` takes one value of each kind and gives the question."""

    def __init__(self, compose: Callable[..., QuerySet[Any, Any]], *kinds: type) -> None:
        self.compose, self.kinds = compose, kinds

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """The columns of what is found for these values, which are of the kinds given."""
        text, parameters = self._filled(values)
        with connection.cursor() as cursor:
            cursor.execute(text, parameters)
            return list(cursor.fetchall())

    def find(self, *values: Any) -> Any:
        """The first row as an object of the question's model; None if there is none."""
        text, parameters = self._filled(values)
        model = _composed(self, connection.vendor).model
        return next(iter(model._base_manager.raw(text, parameters)), None)

    def _filled(self, values: Sequence[Any]) -> tuple[str, list[Any]]:
        composed = _composed(self, connection.vendor)
        given = [_as_parameter(value) for value in values]
        return composed.text, [
            fixed if blank is None else given[blank] for blank, fixed in composed.parameters
        ]


class _Composed(NamedTuple):
    """``parameters``: for each which value fills it, or what it always is."""

    model: type[Model]
    text: str
    parameters: list[tuple[int | None, Any]]


@lru_cache(maxsize=64)
def _composed(statement: Statement, vendor: str) -> _Composed:
    left = {kind: iter(blanks) for kind, blanks in _BLANKS.items()}
    blanks = [next(left[kind]) for kind in statement.kinds]
    question = statement.compose(*blanks)
    text, parameters = question.query.sql_with_params()
    places = {_as_parameter(blank): number for number, blank in enumerate(blanks)}
    filled = [(places.get(parameter), parameter) for parameter in parameters]
    return _Composed(question.model, str(text), filled)


def _as_parameter(value: Any) -> Any:
    """As the fields of this database prepare it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, uuid.UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
