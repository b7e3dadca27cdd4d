"""What a report publishes besides its own words, for the approval of just that (rule R1)."""

from typing import Any

from openday.models import EventReportPage
from openday.services.reports import figures_of, suggestions_of


def counted_report(page: Any) -> dict[str, Any] | None:
    """The head counts and suggestions that publishing would freeze; None for other pages."""
    if not isinstance(page, EventReportPage) or page.pk is None:
        return None
    return {"figures": figures_of(page.event), "suggestions": suggestions_of(page.event)}
