"""Chinese search on PostgreSQL and SQLite without extensions or dictionaries.

``SearchBackend`` is what ``WAGTAILSEARCH_BACKENDS`` names; ``match`` is the public search. Import
this package from views and services only: the index exists once all models are loaded.
"""

from importlib import import_module
from typing import Any

from django.db import connection
from modelsearch.backends.base import BaseSearchBackend

from publishing.search.compiler import AutocompleteCompiler, QueryCompiler, match, title_first
from publishing.search.excerpts import Segment, excerpt, mark
from publishing.search.gather import indexed_text

__all__ = [
    "SearchBackend",
    "Segment",
    "excerpt",
    "indexed_text",
    "mark",
    "match",
    "title_first",
]


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """The backend for the database in use (``publishing.search.postgresql`` or ``.sqlite``)."""
    engine = import_module(f"publishing.search.{connection.vendor}")
    backend: BaseSearchBackend = engine.Backend(params)
    backend.query_compiler_class = QueryCompiler
    backend.autocomplete_query_compiler_class = AutocompleteCompiler
    return backend
