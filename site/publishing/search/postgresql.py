"""The index on PostgreSQL: lexemes under GIN indexes, and the plain text to check the order by.

A tsvector keeps no position past the 16,383rd and at most 256 of one lexeme (PostgreSQL, "Text
Search Limitations"), so a phrase operator would miss what stands deep in a long document. Here
the lexemes stand without positions and find the candidates; the plain text decides.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, Lookup, Q, TextField, Value
from modelsearch.backends.database.postgres.postgres import (
    PostgresIndex,
    PostgresSearchBackend,
)
from modelsearch.conf import get_app_config
from modelsearch.utils import get_content_type_pk

from publishing.search.gather import texts
from publishing.search.words import Word, is_run, lexemes, plain, tokens

logger = logging.getLogger(__name__)
IndexEntry = get_app_config().get_model("IndexEntry", require_ready=False)

LEXEME_LIMIT = 60
"""Characters of a token that are indexed; PostgreSQL refuses lexemes over 2,046 bytes."""
VECTOR_BYTES = 1_000_000
"""Bytes of lexemes in one vector; PostgreSQL refuses 1,048,576."""


@SearchVectorField.register_lookup
class Lexemes(Lookup[Any]):
    """``vector @@ query`` with a query of lexemes as they are: no parser, no dictionary."""

    lookup_name = "lexemes"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", (*params, self.rhs)


def holds(word: Word, columns: tuple[str, ...], while_typing: bool = False) -> Q:
    """What is true of the index entries that hold the word in one of the columns."""
    query = " & ".join(_terms(word, while_typing))
    condition = Q()
    for column in columns:
        found = Q(**{f"{column}__lexemes": query})
        if column != "autocomplete" and _needs_order(word):
            found &= Q(**{f"{column}_text__contains": word.pattern})
        condition |= found
    return condition


def _terms(word: Word, while_typing: bool) -> Iterable[str]:
    for place, unit in enumerate(word.units, 1):
        found, beginning = lexemes(unit)
        beginning |= while_typing and place == len(word.units) and not is_run(unit)
        yield from (f"'{lexeme[:LEXEME_LIMIT]}'{':*' if beginning else ''}" for lexeme in found)


def _needs_order(word: Word) -> bool:
    """Whether the lexemes alone could also be found where the word isn't."""
    unit = word.units[0]
    return len(word.units) > 1 or len(unit) > (2 if is_run(unit) else LEXEME_LIMIT)


def _vector(text: str) -> Func:
    """The text's lexemes, each once and sorted by the database."""
    found = list(dict.fromkeys(token[:LEXEME_LIMIT] for token in tokens(text)))
    size = 0
    for place, token in enumerate(found):
        size += len(token.encode())
        if size > VECTOR_BYTES:
            logger.warning("text too long for the search index", extra={"lexemes": len(found)})
            found = found[:place]
            break
    array = Value(found, output_field=ArrayField(TextField()))
    return Func(array, function="array_to_tsvector", output_field=SearchVectorField())


class Index(PostgresIndex):
    """Writes the entries; the rest (deleting, resetting, rebuilding) is Wagtail's."""

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        content_type = get_content_type_pk(model)
        entries = []
        for obj in objs if model.get_search_fields() else ():
            title, body, autocomplete = texts(obj)
            entries.append(
                IndexEntry(
                    content_type_id=content_type,
                    object_id=str(obj.pk),
                    title=_vector(title),
                    body=_vector(body),
                    autocomplete=_vector(autocomplete),
                    title_text=plain(title),
                    body_text=plain(body),
                )
            )
        self.entries.bulk_create(
            entries,
            batch_size=100,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete", "title_text", "body_text"],
        )


class Backend(PostgresSearchBackend):
    """Wagtail's backend with this index; ``publishing.search`` gives it its compilers."""

    index_class = Index
