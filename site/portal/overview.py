"""What the front page shows: what can be spoken to now, what was answered, in figures."""

from typing import Any

from wagtail.models import Page

from consultation.enums import Phase
from consultation.models import DecisionDraftPage, DecisionIndexPage, Opinion

SHOWN = 6


def home_overview(home: Page) -> dict[str, Any]:
    """``open_drafts`` (those that close first come first), ``other_drafts``, ``figures``, and
    ``drafts_column``, the site's column of all drafts."""
    drafts = list(
        DecisionDraftPage.objects.descendant_of(home).live().public().select_related("unit")
    )
    phases = {draft.pk: draft.phase for draft in drafts}
    open_now = [draft for draft in drafts if phases[draft.pk] == Phase.OPEN]
    others = [draft for draft in drafts if phases[draft.pk] != Phase.OPEN]
    return {
        "drafts_column": DecisionIndexPage.objects.child_of(home).live().public().first(),
        "open_drafts": sorted(open_now, key=lambda draft: draft.closing_day)[:SHOWN],
        "other_drafts": sorted(others, key=lambda draft: draft.closing_day, reverse=True)[:SHOWN],
        "figures": {
            "drafts": len(drafts),
            "opinions": Opinion.objects.counted().filter(draft__in=drafts).count(),
            "answered": sum(phase == Phase.ANSWERED for phase in phases.values()),
        },
    }
