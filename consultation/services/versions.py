"""What publishing a draft leaves behind: the frozen version, the clause rows, the period."""

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from consultation.models import (
    Clause,
    DecisionDraftPage,
    DraftVersion,
    PeriodChange,
    VersionFile,
)
from publishing.clauses.clause import ClauseText, digest
from publishing.clauses.places import place_labels, stand_in_headings


@transaction.atomic
def record_publication(*, draft: DecisionDraftPage) -> DraftVersion:
    """Freeze what is now public (C2), keep clause identities (C1), note the period (D5)."""
    version = _freeze(draft)
    _record_period(draft)
    return version


def _freeze(draft: DecisionDraftPage) -> DraftVersion:
    """A new version when title, clauses or attachments differ from the last; else the last."""
    rows = list(draft.attachments.select_related("document"))
    attachments = [
        {"title": row.title, "file": row.document.filename, "sha256": file_sha256(row.document)}
        for row in rows
    ]
    content = [
        draft.title,
        digest(draft.clauses),
        *(row["sha256"] + row["title"] for row in attachments),
    ]
    sha256 = hashlib.sha256("\n".join(content).encode()).hexdigest()
    last = draft.versions.first()
    if last and last.sha256 == sha256:
        return last
    version = DraftVersion.objects.create(
        draft=draft,
        number=last.number + 1 if last else 1,
        title=draft.title,
        clauses=[clause.to_json() for clause in draft.clauses],
        attachments=attachments,
        sha256=sha256,
        published_at=timezone.now(),
    )
    VersionFile.objects.bulk_create(
        VersionFile(version=version, document=row.document, title=row.title) for row in rows
    )
    _keep_clauses(draft, draft.clauses, version)
    return version


def file_sha256(document: object) -> str:
    """The SHA-256 of a stored document's bytes, hex, read in pieces."""
    with document.file.open("rb") as file:  # type: ignore[attr-defined] # Wagtail is untyped
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep_clauses(
    draft: DecisionDraftPage, clauses: Sequence[ClauseText], version: DraftVersion
) -> None:
    """One row a commentable clause, by its block id; those that are gone are marked."""
    rows = {str(row.block_id): row for row in draft.clause_rows.all()}
    changed: list[Clause] = []
    added: list[Clause] = []
    labels, names = place_labels(clauses), stand_in_headings(clauses)
    for position, clause in enumerate(clauses):
        row = rows.pop(clause.id, None)
        if row is None and not clause.commentable:
            continue
        target = row or Clause(draft=draft, block_id=clause.id)
        target.position, target.label = position, labels[clause.id][:40]
        target.heading = clause.heading or names.get(clause.id, "")
        target.text = clause.full_text
        target.removed_in = None if clause.commentable else version
        (changed if row else added).append(target)
    for row in rows.values():
        if row.removed_in_id is None:
            row.removed_in = version
            changed.append(row)
    Clause.objects.bulk_create(added)
    Clause.objects.bulk_update(changed, ["position", "label", "heading", "text", "removed_in"])


def _record_period(draft: DecisionDraftPage) -> None:
    if draft.opening_day is None or draft.closing_day is None:
        return
    last = draft.period_changes.last()
    period = (draft.opening_day, draft.closing_day)
    if last and (last.opening_day, last.closing_day) == period:
        return
    PeriodChange.objects.create(
        draft=draft,
        opening_day=draft.opening_day,
        closing_day=draft.closing_day,
        reason=draft.extension_reason if last else "",
        announced_at=timezone.now(),
    )
