"""What exactly was approved: a digest of all that a page would publish.

Approvals hold for content, not for the number of a revision: Wagtail overwrites revisions when it
saves by itself, and a live page can be saved without any. The bytes of files count; when a page
goes live, and who owns it, does not.
"""

import hashlib
import json
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_relations
from wagtail import hooks
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField

from publishing.review.content import read_content

# What Wagtail keeps beside the content, and what says when and not what.
_BESIDE = frozenset(
    {"pk", "path", "depth", "numchild", "translation_key", "locale", "alias_of", "live", "expired"}
    | {"has_unpublished_changes", "first_published_at", "last_published_at", "live_revision"}
    | {"latest_revision", "latest_revision_created_at", "go_live_at", "expire_at", "owner"}
    | {"locked", "locked_at", "locked_by", "url_path", "draft_title", "content_type"}
    | {"wagtail_admin_comments", "sort_order", "page_ptr", "index_entries"}
)


def digest(page: Any) -> str:
    """SHA-256 in hex of the page as it is in memory, with its files and what is counted for it.

    Features add what their pages publish besides by the hook ``register_reviewed_extras``: a
    function of the page that returns something JSON can hold, or None.
    """
    data = page.serializable_data()
    said = {
        "content": _content(type(page), data),
        "files": _files(type(page), data),
        "extras": [one for one in _extras(page) if one is not None],
    }
    written = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _extras(page: Any) -> list[Any]:
    """Of the features that have something to say: one more of them changes no other page."""
    return [extra(page) for extra in hooks.get_hooks("register_reviewed_extras")]


def _content(model: Any, data: dict[str, Any], parent: str = "") -> dict[str, Any]:
    """Fields and rows without numbers that saving gives them."""
    kept = {name: value for name, value in data.items() if name not in {*_BESIDE, parent}}
    for field in model._meta.concrete_fields:
        if isinstance(field, StreamField) and isinstance(kept.get(field.name), str):
            kept[field.name] = _stream(field.stream_block, json.loads(kept[field.name]))
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in kept:
            rows = kept[name] or ()
            related, to_parent = relation.related_model, relation.field.name
            kept[name] = [_content(related, row, to_parent) for row in rows]
    return kept


def _stream(block: Any, raw: Any) -> Any:
    """Every block in the one form in which it is stored once it was looked at: until then Wagtail
    hands on what it was given."""
    value = block.to_python(raw)
    _look_at(value)
    return _without_ids(block.get_prep_value(value))


def _look_at(value: Any) -> None:
    if isinstance(value, StreamValue):
        for child in value:
            _look_at(child.value)
    elif isinstance(value, ListValue):
        for item in value:
            _look_at(item)
    elif isinstance(value, StructValue):
        for part in value.values():
            _look_at(part)


def _without_ids(node: Any) -> Any:
    """A raw stream without the identities of its blocks, which nobody reads."""
    if isinstance(node, list):
        return [_without_ids(item) for item in node]
    if isinstance(node, dict):
        is_child = {"type", "value"} <= node.keys()
        kept = {key: item for key, item in node.items() if not (is_child and key == "id")}
        return {key: _without_ids(item) for key, item in kept.items()}
    return node


def _files(model: Any, data: dict[str, Any]) -> list[tuple[str, int, str]]:
    """The hash of every file; a file that was replaced is another one."""
    found = []
    for reference in read_content(model, data).files:
        rows: Any = apps.get_model(reference.model)._default_manager
        row = rows.filter(pk=reference.pk).first()
        found.append((reference.model, reference.pk, row.get_file_hash() if row else ""))
    return found
