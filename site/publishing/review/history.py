"""What was done in the review of a page: handed in, approved, sent back, masked, kept."""

from typing import Any

from django.db.models import Q
from wagtail.models import PageLogEntry

_STEPS = Q(action__startswith="wagtail.workflow.") | Q(action__startswith="publishing.find_")
MOST = 30


def history_of(page: Any) -> list[dict[str, Any]]:
    """The latest steps, the last first: ``when``, ``who``, ``what``."""
    entries = PageLogEntry.objects.filter(_STEPS, page=page.pk).select_related("user")
    return [
        {
            "when": entry.timestamp,
            "who": str(entry.user) if entry.user else "系统",
            "what": entry.message,
        }
        for entry in entries.order_by("-timestamp", "-pk")[:MOST]
    ]
