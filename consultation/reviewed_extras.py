"""What a result publishes besides its own words, for the approval of just that (rule R1)."""

from typing import Any

from consultation.models import AdoptionResultPage
from consultation.services.results import count_opinions, response_table


def counted_table(page: Any) -> dict[str, Any] | None:
    """The figures and the table that publishing would freeze; None for other pages, and for a
    result that is public, whose frozen ones stay."""
    if not isinstance(page, AdoptionResultPage) or page.pk is None:
        return None
    if AdoptionResultPage.objects.filter(pk=page.pk, live=True).exists():
        return None
    draft = page.draft
    return {"figures": count_opinions(draft=draft), "table": response_table(draft=draft)}
