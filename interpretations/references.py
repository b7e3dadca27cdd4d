"""What of an interpretation rests on which clause, with a digest of what it says.

Read from the raw data alone, of the public page as of a draft in its revision: pictures and films
are not loaded for it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from interpretations.blocks.clause_choice import clause_id
from interpretations.enums import StaleKind
from interpretations.mentions import parts_in
from publishing.text import rich_text_words

_CHANGE = ("before", "after", "since")


class Reference(NamedTuple):
    """One part that rests on one clause. ``part``: the id of its block, or what ``change_key``
    says; ``own``: the id of the reference in the body; ``digest``: of what the part says."""

    part: str
    clause: str
    kind: StaleKind
    title: str
    digest: str
    own: str


class Content(NamedTuple):
    """An interpretation as it was stored: its body, its table of differences, what it explains."""

    body: list[dict[str, Any]]
    changes: list[Mapping[str, Any]]
    subjects: set[int]

    def references(
        self, films: Mapping[int, str] | None = None
    ) -> dict[tuple[str, str], Reference]:
        """By part and clause; where a part names a clause twice, the first counts. ``films``: the
        titles of videos, where they are shown."""
        found: dict[tuple[str, str], Reference] = {}
        for one in (*self._of_parts(films), *self._of_changes()):
            found.setdefault((one.part, one.clause), one)
        return found

    def _of_parts(self, films: Mapping[int, str] | None) -> Iterable[Reference]:
        for part in parts_in(self.body, films):
            digest = said_digest({**part.value, "clauses": None})
            for clause, own in part.clauses:
                kind = StaleKind(part.form.value)
                yield Reference(part.key, clause, kind, part.title, digest, own)

    def _of_changes(self) -> Iterable[Reference]:
        for row in self.changes:
            if row["clause"]:
                key, clause = change_key(row), clause_id(row["clause"])
                title = str(row["after"])[:80]
                yield Reference(key, clause, StaleKind.CHANGE, title, key, key)


def content_of(page: Any) -> Content:
    """What the page's row says: of a live page what is public."""
    rows = page.changes.values("clause", *_CHANGE) if page.pk else []
    subjects = {row.subject_id for row in page.subjects.all()}
    return Content(list(page.body.raw_data), list(rows), subjects)


def content_of_draft(stored: Mapping[str, Any]) -> Content:
    """What a revision says; ``stored``: its content."""
    body, subjects = stored.get("body") or "[]", stored.get("subjects") or []
    raw = json.loads(body) if isinstance(body, str) else body
    return Content(raw, stored.get("changes") or [], {row["subject"] for row in subjects})


def change_key(row: Mapping[str, Any]) -> str:
    """What a row of the table of differences is known by: its words, as rows that were never
    published have no number yet."""
    return "change-" + said_digest({name: row[name] for name in _CHANGE})[:32]


def said_digest(value: Any) -> str:
    """The SHA-256 of what can be read or seen: ids, markup, and what is empty count for nothing,
    so that saving unchanged content anew makes no other digest."""
    said = json.dumps(_said(value), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _said(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value.keys() >= {"type", "value"}:
            return _said(value["value"])
        found = {name: _said(one) for name, one in value.items() if name != "id"}
        return {name: one for name, one in found.items() if one}
    if isinstance(value, list | tuple):
        return [_said(one) for one in value]
    if isinstance(value, str):
        return " ".join(rich_text_words(value).split())
    return value
