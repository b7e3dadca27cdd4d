"""The index on SQLite: FTS5 finds phrases of tokens by itself.

Wagtail's FTS table uses SQLite's own tokenizer, which knows the letters of Unicode 6.1 only, so
that rare Han added later (extensions C to H) would cut words. The tokens are therefore spelled in
ASCII.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Lookup, Q
from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex, SQLiteSearchBackend
from modelsearch.conf import get_app_config
from modelsearch.utils import get_content_type_pk

from publishing.search.gather import texts
from publishing.search.words import Word, is_run, lexemes, tokens

_config = get_app_config()
IndexEntry = _config.get_model("IndexEntry", require_ready=False)
Fts = _config.get_model("SQLiteFTSIndexEntry", require_ready=False)


class Match(Lookup[Any]):
    """``table MATCH query``: a condition of its own, as FTS5 has no left side."""

    lookup_name = "fts_match"

    def __init__(self, query: str) -> None:
        self.query = query
        super().__init__(None, None)

    def get_prep_lookup(self) -> None:
        """Nothing to prepare: the query is text."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str]]:
        return f"{Fts._meta.db_table} MATCH %s", (self.query,)


def holds(word: Word, columns: tuple[str, ...], while_typing: bool = False) -> Q:
    """What is true of the index entries that hold the word in one of the columns."""
    *inner, last = word.units
    found, beginning = lexemes(last)
    beginning |= while_typing and not is_run(last)
    complete = [token for unit in inner for token in tokens(unit)]
    phrase = " ".join(map(_spelled, [*complete, *found]))
    query = f'{{{" ".join(columns)}}} : "{phrase}"{" *" if beginning else ""}'
    return Q(pk__in=Fts.objects.filter(Match(query)).values("index_entry_id"))


def _spelled(token: str) -> str:
    """The token in ASCII; five digits for each other character, so that beginnings stay so."""
    return "".join(char if char.isascii() else f"u{ord(char):05x}" for char in token)


def _stream(text: str) -> str:
    return " ".join(map(_spelled, tokens(text)))


class Index(SQLiteIndex):
    """Writes the entries; triggers carry them to the FTS table. The rest is Wagtail's."""

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        content_type = get_content_type_pk(model)
        entries = []
        for obj in objs if model.get_search_fields() else ():
            found = texts(obj)
            entries.append(
                IndexEntry(
                    content_type_id=content_type,
                    object_id=str(obj.pk),
                    title=_stream(found.title),
                    body=_stream(found.body),
                    autocomplete=_stream(found.autocomplete),
                )
            )
        self.entries.bulk_create(
            entries,
            batch_size=100,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete"],
        )


class Backend(SQLiteSearchBackend):
    """Wagtail's backend with this index; ``publishing.search`` gives it its compilers."""

    index_class = Index
