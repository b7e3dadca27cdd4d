"""The texts of an object that its model declares as searchable (``search_fields``)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Manager
from modelsearch.index import AutocompleteField, BaseField, RelatedFields, SearchField


class Texts(NamedTuple):
    """What one object is found by: in its title, anywhere else, and while typing."""

    title: str
    body: str
    autocomplete: str


def texts(obj: Any) -> Texts:
    """The object's searchable texts; a line end keeps the fields apart."""
    title: list[str] = []
    body: list[str] = []
    autocomplete: list[str] = []
    for search_field in obj.get_search_fields():
        for field, value in _values(obj, search_field):
            if isinstance(field, AutocompleteField):
                autocomplete.append(value)
            elif field.field_name == "title":
                title.append(value)
            else:
                body.append(value)
    return Texts("\n".join(title), "\n".join(body), "\n".join(autocomplete))


def indexed_text(obj: Any) -> str:
    """The running text of an object without its title, for an excerpt."""
    return texts(obj).body


def _values(obj: Any, field: Any) -> Iterator[tuple[BaseField, str]]:
    if isinstance(field, SearchField | AutocompleteField):
        yield field, _flat(field.get_value(obj))
    elif isinstance(field, RelatedFields):
        related = field.get_value(obj)
        members = related.all() if isinstance(related, Manager) else [related]
        for member in members:
            for inner in field.fields if member is not None else []:
                yield from _values(member, inner)


def _flat(value: Any) -> str:
    """A field's value as text: lists and dicts by their members, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(map(_flat, value))
    if isinstance(value, dict):
        return "\n".join(map(_flat, value.values()))
    return str(value)
