"""From the draft to the policy: clause by clause, with the answers that caused a change."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest
from wagtail.models import Site

from consultation.enums import Outcome
from consultation.models import AdoptionResultPage, DecisionDraftPage
from interpretations.models import PolicyPage
from portal.policy_links import Origin, origin_of
from publishing.clauses.matching import match
from publishing.clauses.redline import ClauseChange, redline
from publishing.comparing import counted, named
from publishing.kept import kept

_CAUSES = {Outcome.ADOPTED.value, Outcome.PARTLY.value}


class ChangeRow(NamedTuple):
    """One clause: what became of it, and the adopted responses that spoke of it."""

    name: Any
    change: ClauseChange
    answers: list[dict[str, Any]]


def compared_policy(request: HttpRequest, pk: int) -> tuple[PolicyPage, Origin]:
    """The public policy of this site, and where it came from.

    Raises:
        Http404: there is no such policy, or nothing public to compare it with.
    """
    site = Site.find_for_request(request)
    readable = PolicyPage.objects.live().public()
    policy = readable.descendant_of(site.root_page).filter(pk=pk).first() if site else None
    origin = origin_of(policy) if policy else None
    if policy is None or origin is None or not origin.is_comparable:
        raise Http404
    return policy, origin


def changes_from_draft(policy: PolicyPage, origin: Origin) -> dict[str, Any]:
    """The context of the redline from the draft's last version to the policy's; kept for
    visitors."""
    place = ("policy redline", policy.pk)
    return kept(*place, make=lambda: _changes(policy, origin))


def _changes(policy: PolicyPage, origin: Origin) -> dict[str, Any]:
    old = origin.draft.versions.first() if origin.draft else None
    new = policy.versions.first()
    if origin.draft is None or old is None or new is None:
        raise Http404
    # The policy's clauses may bear identities of their own: they are matched for this page alone.
    changes = redline(old.clause_texts, match(old.clause_texts, new.clause_texts))
    answers = _answers(origin.draft, origin.result)
    rows = [
        ChangeRow(name, change, answers.get(change.old.id, []) if change.old else [])
        for name, change in named(changes)
    ]
    return {"draft_version": old, "version": new, "rows": rows, "counts": counted(changes)}


def _answers(
    draft: DecisionDraftPage, result: AdoptionResultPage | None
) -> dict[str, list[dict[str, Any]]]:
    """By block id the published rows that were adopted and name the clause."""
    table = (result.table or []) if result else []
    adopted = [row for row in table if row["outcome"] in _CAUSES]
    found: dict[str, list[dict[str, Any]]] = {}
    for clause in draft.clause_rows.all():
        rows = [row for row in adopted if clause.short_name in row["clauses"]]
        if rows:
            found[str(clause.block_id)] = rows
    return found
