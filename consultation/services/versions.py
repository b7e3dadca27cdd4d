"""What publishing a draft leaves behind: the frozen version, the clause rows, the period."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from consultation.models import Clause, DecisionDraftPage, DraftVersion, PeriodChange
from publishing.clauses.clause import ClauseText
from publishing.clauses.places import place_labels, stand_in_headings
from publishing.services.freezing import freeze


@transaction.atomic
def record_publication(*, draft: DecisionDraftPage) -> DraftVersion:
    """Freeze what is now public (C2), keep clause identities (C1), note the period (D5)."""
    version, is_new = freeze(page=draft)
    if is_new:
        _keep_clauses(draft, draft.clauses, version)
    _record_period(draft)
    frozen: DraftVersion = version
    return frozen


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
