"""What joins policies with the drafts that they came of, and with what was answered (rule D11).

Either side may name the other: the policy its draft and its result, the result its final text.
"""

from typing import Any, NamedTuple

from django.db.models import Q
from wagtail.models import Page

from consultation.models import AdoptionResultPage, DecisionDraftPage
from interpretations.models import PolicyPage
from publishing.kept import kept


class Origin(NamedTuple):
    """Where a policy came from: the public pages alone. ``is_comparable``: both texts were
    published, so that a redline can be shown."""

    draft: DecisionDraftPage | None
    result: AdoptionResultPage | None
    is_comparable: bool


def final_texts(draft: Page) -> list[Any]:
    """The public policies that came of the draft, the latest first; kept for visitors."""
    if draft.pk is None:
        return []
    return kept("final texts", draft.path, make=lambda: list(_final_texts(draft)))


def _final_texts(draft: Page) -> Any:
    results = AdoptionResultPage.objects.live().descendant_of(draft)
    named = Q(pk__in=results.exclude(final_page=None).values("final_page"))
    mine = Q(draft=draft.pk) | Q(result__path__startswith=draft.path)
    readable = PolicyPage.objects.live().public().defer("body")
    return readable.filter(named | mine).order_by("-written_on", "-pk")


def origin_of(policy: PolicyPage) -> Origin | None:
    """The draft and the result behind the policy; None where nobody may read either. Kept for
    visitors."""
    if policy.pk is None:
        return None
    return kept("origin of policy", policy.pk, make=lambda: _origin_of(policy))


def _origin_of(policy: PolicyPage) -> Origin | None:
    results = AdoptionResultPage.objects.live().public()
    result = results.filter(pk=policy.result_id).first()
    result = result or results.filter(final_page=policy.pk).first()
    drafts = DecisionDraftPage.objects.live().public()
    above = result.get_parent().pk if result and not policy.draft_id else policy.draft_id
    draft = drafts.filter(pk=above).first()
    if draft and result is None:
        result = results.child_of(draft).first()
    if draft is None and result is None:
        return None
    comparable = bool(draft and draft.versions.exists() and policy.versions.exists())
    return Origin(draft, result, comparable)
