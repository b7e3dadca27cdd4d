"""Queries against the index, alike for the public search, the admin and its choosers."""

from functools import reduce
from importlib import import_module
from operator import and_, or_
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Case, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from modelsearch.backends.base import BaseSearchQueryCompiler
from modelsearch.conf import get_app_config
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase
from modelsearch.utils import get_descendants_content_types_pks

from publishing.search.words import Word, units, words

IndexEntry = get_app_config().get_model("IndexEntry", require_ready=False)
_engine = import_module(f"publishing.search.{connection.vendor}")

QS = TypeVar("QS", bound=QuerySet[Any])
EVERYWHERE = ("title", "body")
NOTHING = Q(pk__in=[])


def match(queryset: QS, query: str) -> QS:
    """The objects in which every word of the query stands, whatever is filtered or ordered after.

    A word of Chinese is found inside of running text, one of another script as a whole. A query
    without letters or digits finds nothing. The model must be indexed.
    """
    return _having(queryset, _all_of(words(query), EVERYWHERE))


def title_first(queryset: QS, query: str) -> QS:
    """The same objects, ordered: first those that have every word in their title."""
    in_title = _keys(queryset, _all_of(words(query), ("title",)))
    rank = Case(When(pk__in=in_title, then=Value(0.0)), default=Value(1.0))
    return queryset.order_by(rank, *(queryset.query.order_by or ("-pk",)))


def _keys(queryset: QuerySet[Any], condition: Q) -> QuerySet[Any]:
    """The primary keys of what the index holds of this model and the condition is true of."""
    model = queryset.model
    entries = IndexEntry.objects.filter(
        condition, content_type__in=get_descendants_content_types_pks(model)
    )
    return entries.annotate(key=Cast("object_id", _key_field(model))).values("key")


def _having(queryset: QS, condition: Q) -> QS:
    return queryset.filter(pk__in=_keys(queryset, condition))


def _key_field(model: type[models.Model]) -> models.Field[Any, Any]:
    """A field of the type of the primary key; a child's key is that of its oldest parent."""
    field: Any = model._meta.pk
    while field.remote_field:
        field = field.target_field
    return models.BigIntegerField() if isinstance(field, models.IntegerField) else field.clone()


def _all_of(found: list[Word], columns: tuple[str, ...]) -> Q:
    if not found:
        return NOTHING
    return reduce(and_, (_engine.holds(word, columns) for word in found))


class QueryCompiler(BaseSearchQueryCompiler):
    """Wagtail's ``.search()``: the same answers as ``match``, in the order of relevance."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    columns: tuple[str, ...] = EVERYWHERE
    while_typing = False

    def get_config(self, backend: Any) -> None:
        """No text search configuration of PostgreSQL's: the tokens are made here."""

    def search(
        self, config: Any, start: Any, stop: Any, score_field: Any = None, backend: Any = None
    ) -> QuerySet[Any]:
        """The queryset that Wagtail's result classes evaluate, count, slice and facet."""
        found = self._found()
        relevant = self.order_by_relevance and not self.while_typing and self.fields is None
        rank: Any = Value(1.0, output_field=FloatField())
        if relevant:
            in_title = _keys(found, self._condition(self.query, ("title",)))
            rank = Case(When(pk__in=in_title, then=rank), default=Value(0.5))
        if score_field is not None:
            found = found.annotate(**{score_field: rank})
        if relevant:
            found = found.order_by(rank.desc(), "-pk")
        elif self.order_by_relevance or not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]

    def _found(self) -> QuerySet[Any]:
        if isinstance(self.query, MatchAll):
            return self.queryset
        if self.fields is not None:
            return self.queryset.filter(self._in_fields())
        return _having(self.queryset, self._condition(self.query, self.columns))

    def _condition(self, query: Any, columns: tuple[str, ...]) -> Q:
        """What is true of the index entries that the query (a tree) asks for."""
        if isinstance(query, MatchAll):
            return Q(pk__isnull=False)
        if isinstance(query, Not):
            return ~self._condition(query.subquery, columns)
        if isinstance(query, Boost):
            return self._condition(query.subquery, columns)
        if isinstance(query, And | Or):
            combine = and_ if isinstance(query, And) else or_
            return reduce(combine, (self._condition(part, columns) for part in query.subqueries))
        if isinstance(query, Phrase):
            phrase = tuple(units(query.query_string))
            return _engine.holds(Word(phrase), columns) if phrase else NOTHING
        combine = or_ if query.operator == "or" else and_
        found = words(query.query_string)
        conditions = [_engine.holds(word, columns, self.while_typing) for word in found]
        return reduce(combine, conditions) if conditions else NOTHING

    def _in_fields(self) -> Q:
        """Named fields are looked up in their columns: the index keeps only title and the rest."""
        text = getattr(self.query, "query_string", "")
        conditions = [
            reduce(or_, (Q(**{f"{name}__icontains": part}) for name in self.fields))
            for part in text.replace("\x00", "").split()
        ]
        return reduce(and_, conditions) if conditions else NOTHING


class AutocompleteCompiler(QueryCompiler):
    """Wagtail's ``.autocomplete()``: as ``.search()``, in what is shown while one types."""

    columns = ("autocomplete",)
    while_typing = True
