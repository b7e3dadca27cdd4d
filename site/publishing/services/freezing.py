"""Freezing what is put before the public: a page's title, clauses and attachments (rule C2)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from wagtail import hooks

from publishing.clauses.clause import ClauseText, digest


def freeze(*, page: Any, facts: Mapping[str, str] | None = None) -> tuple[Any, bool]:
    """The version of what the page says now, and whether it is a new one.

    A new one where title, clauses, attachments or ``facts`` (what else is part of the document)
    differ from the last. The page has ``clauses``, ``attachments`` (rows of ``PublishedFile``) and
    ``versions`` (of ``FrozenText``, the last first, each with its ``files``). Call it inside the
    publishing transaction, which holds the page's row. In it whoever cares about other words is
    called by the hook ``after_text_changed``: functions of page, new version, version before.
    """
    rows = list(page.attachments.select_related("document"))
    attachments = [
        {"title": row.title, "file": row.document.filename, "sha256": file_sha256(row.document)}
        for row in rows
    ]
    sha256 = text_sha256(page.title, page.clauses, attachments, facts)
    last = page.versions.first()
    if last and last.sha256 == sha256:
        return last, False
    version = page.versions.create(
        number=last.number + 1 if last else 1,
        title=page.title,
        clauses=[clause.to_json() for clause in page.clauses],
        attachments=attachments,
        sha256=sha256,
        published_at=timezone.now(),
        **({} if facts is None else {"facts": dict(facts)}),
    )
    held = version.files.model
    held.objects.bulk_create(
        held(version=version, document=row.document, title=row.title) for row in rows
    )
    if last:
        for told in hooks.get_hooks("after_text_changed"):
            told(page, version, last)
    return version, True


def text_sha256(
    title: str,
    clauses: Sequence[ClauseText],
    attachments: Sequence[Mapping[str, str]],
    facts: Mapping[str, str] | None = None,
) -> str:
    """The hex digest over the lines: title, digest of the clauses, each attachment's hash and
    title, and the facts, where there are any, as JSON with sorted keys: PostgreSQL keeps no order
    of keys."""
    lines = [title, digest(clauses), *(row["sha256"] + row["title"] for row in attachments)]
    if facts is not None:
        lines.append(json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def file_sha256(document: Any) -> str:
    """The SHA-256 of a stored document's bytes, hex, read in pieces."""
    with document.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
