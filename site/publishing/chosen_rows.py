"""The pages and files that a page's form chooses, and which of them are not its editor's business.

Choosers offer what one may see, but take any number that a browser sends: the editor, opened again,
would name another unit's unpublished page or file, and a preview would show its picture.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from wagtail import blocks, hooks
from wagtail.models import Page

from publishing.ids import parse_id
from publishing.review.stream import leaves

Row = tuple[str, int]
# A link or picture within a rich text, and what its id is of.
_TAG = re.compile(r"<(?:a|embed)\s[^<>]*>")
_KIND = re.compile(r'\s(?:linktype|embedtype)="(\w+)"')
_ID = re.compile(r'\sid="(\d{1,18})"')


def foreign_rows(form: Any, user: Any) -> set[Row]:
    """What the form chooses anew and the user may not see, as ("page", "document", "image" or
    another model's name, id).

    Asked by the hook ``register_visible_rows``: a function of such a name, ids and user that
    returns the ids that are seen, or None for what it doesn't know.
    """
    new = _chosen(form, lambda bound: bound.data) - _chosen(form, lambda bound: bound.initial)
    if not new or user is None:
        return set()
    found: set[Row] = set()
    for kind in {kind for kind, _pk in new}:
        wanted = {pk for of, pk in new if of == kind}
        answers = (ask(kind, wanted, user) for ask in hooks.get_hooks("register_visible_rows"))
        for seen in filter(lambda answer: answer is not None, answers):
            found |= {(kind, pk) for pk in wanted - set(seen)}
    return found


def _chosen(form: Any, said: Callable[[Any], Any]) -> set[Row]:
    rows = [row for formset in form.formsets.values() for row in formset.forms]
    return {
        found
        for one in [form, *rows]
        for name, field in one.fields.items()
        for found in _rows(field, said(one[name]))
    }


def _rows(field: Any, value: Any) -> Iterator[Row]:
    """The rows that a field's value names."""
    block = getattr(field, "block", None)
    if value in (None, "", []):
        return
    if isinstance(field, forms.ModelChoiceField):
        pk = parse_id(getattr(value, "pk", value))
        if pk is not None:
            yield _kind(field.queryset.model), pk  # type: ignore[union-attr] # bound, it has one
    elif isinstance(block, blocks.StreamBlock):
        for leaf in leaves(block, block.get_prep_value(value)):
            if isinstance(leaf.block, blocks.ChooserBlock):
                yield _kind(leaf.block.model_class), int(leaf.value)
            elif isinstance(leaf.block, blocks.RichTextBlock):
                yield from _linked(leaf.value)
    elif isinstance(value, str):
        yield from _linked(value)


def _linked(source: str) -> Iterator[Row]:
    for tag in _TAG.findall(source):
        kind, number = _KIND.search(tag), _ID.search(tag)
        if kind and number:
            yield kind[1], int(number[1])


def _kind(model: Any) -> str:
    return "page" if issubclass(model, Page) else str(model._meta.model_name)
