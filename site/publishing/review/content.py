"""All texts and files of a page as it would be published, each with the place where it stands.

A page type joins by being a page: fields, rows of child relations, and blocks are walked by their
definitions. Rows of public offices (``OfficeContact.holds_public_contacts``) are not read.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from publishing.review.rich import replace_visible, visible
from publishing.review.stream import Leaf, leaves

Path = tuple[str | int, ...]
# Addresses and what Wagtail keeps for itself.
_NOT_READ = frozenset({"slug", "url_path", "path", "draft_title"})
_NOT_TEXT = (models.SlugField, models.URLField, models.EmailField)
_COMMENTS = "wagtail_admin_comments"
_LINKED_FILE = re.compile(
    r"""<(?:a|embed)\s[^<>]*(?:linktype="document"|embedtype="image")[^<>]*>"""
)
_ID = re.compile(r'\sid="(\d+)"')


@dataclass(frozen=True, slots=True)
class Place:
    """A text: ``path`` leads to it in the page's content, ``label`` says to people where it is."""

    path: Path
    label: str
    source: str
    is_html: bool = False

    @property
    def field(self) -> str:
        """The page's field or child relation that holds it."""
        return str(self.path[0])

    @property
    def text(self) -> str:
        return visible(self.source).text if self.is_html else self.source


@dataclass(frozen=True, slots=True)
class FileReference:
    """A document or image that the page shows."""

    model: str
    pk: int
    label: str


@dataclass(frozen=True, slots=True)
class Content:
    """What is read of a page."""

    places: tuple[Place, ...]
    files: tuple[FileReference, ...]


def read_page(page: Any) -> Content:
    """The texts and files of the page as it is in memory."""
    return read_content(type(page), page.serializable_data())


def read_content(model: Any, data: dict[str, Any]) -> Content:
    """The texts and files of a page's content, in the form of its revisions."""
    places, files = [], []
    for found in _walk_row(model, data, (), ""):
        if isinstance(found, FileReference):
            files.append(found)
        else:
            places.append(found)
            files += _linked_files(found) if found.is_html else []
    return Content(tuple(places), tuple(dict.fromkeys(files)))


def with_replacement(data: dict[str, Any], place: Place, start: int, end: int, words: str) -> Any:
    """The content with ``words`` in the place of what is seen from start to end of a text."""
    if place.is_html:
        changed = replace_visible(place.source, start, end, words)
    else:
        changed = place.source[:start] + words + place.source[end:]
    return _put(data, place.path, changed)


def _put(node: Any, path: Path, words: str) -> Any:
    """A copy with another text at the path; a stream is kept as JSON within its field."""
    if not path:
        return words
    if isinstance(node, str):
        return json.dumps(_put(json.loads(node), path, words), ensure_ascii=False)
    step: Any = path[0]
    changed = node.copy()
    changed[step] = _put(node[step], path[1:], words)
    return changed


def _walk_row(
    model: Any, data: dict[str, Any], path: Path, label: str
) -> Iterator[Place | FileReference]:
    for field in model._meta.concrete_fields:
        value = data.get(field.name)
        if value and field.name not in _NOT_READ:
            named = f"{label}{field.verbose_name}"
            yield from _walk_field(field, value, (*path, field.name), named)
    for relation in get_all_child_relations(model):
        name, related = relation.get_accessor_name(), relation.related_model
        if name == _COMMENTS or getattr(related, "holds_public_contacts", False):
            continue
        for number, row in enumerate(data.get(name) or ()):
            named = f"{label}{related._meta.verbose_name}{number + 1} "
            yield from _walk_row(related, row, (*path, name, number), named)


def _walk_field(field: Any, value: Any, path: Path, label: str) -> Iterator[Place | FileReference]:
    if isinstance(field, StreamField):
        raw = json.loads(value) if isinstance(value, str) else value
        for leaf in leaves(field.stream_block, raw):
            yield _of_leaf(leaf, path, label)
    elif isinstance(field, RichTextField):
        yield Place(path, label, value, is_html=True)
    elif isinstance(field, models.ForeignKey):
        if _is_file(field.related_model):
            yield FileReference(field.related_model._meta.label, value, label)
    elif _is_text(field):
        yield Place(path, label, value)


def _of_leaf(leaf: Leaf, path: Path, label: str) -> Place | FileReference:
    named = f"{label} {leaf.label}".strip()
    if isinstance(leaf.block, blocks.ChooserBlock):
        return FileReference(leaf.block.model_class._meta.label, int(leaf.value), named)
    html = isinstance(leaf.block, blocks.RichTextBlock | blocks.RawHTMLBlock)
    return Place((*path, *leaf.path), named, leaf.value, is_html=html)


def _is_text(field: Any) -> bool:
    is_written = isinstance(field, models.CharField | models.TextField)
    return is_written and not field.choices and not isinstance(field, _NOT_TEXT)


def _is_file(model: Any) -> bool:
    return hasattr(model, "file_hash")


def _linked_files(place: Place) -> Iterator[FileReference]:
    """Documents and images within a rich text."""
    for tag in _LINKED_FILE.findall(place.source):
        if number := _ID.search(tag):
            kind = "wagtaildocs.Document" if "document" in tag else "wagtailimages.Image"
            yield FileReference(kind, int(number.group(1)), place.label)
