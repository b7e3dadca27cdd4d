"""What leaves the desk is written down: who, what, how much, and why with contact details."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from consultation.models import DecisionDraftPage


@transaction.atomic
def record_export(
    *, counts: Mapping[int, int], what: str, user: Any, unmasked: bool = False, reason: str = ""
) -> None:
    """One entry in the history of each draft; ``counts``: rows by the draft's id."""
    for draft in DecisionDraftPage.objects.filter(pk__in=counts).order_by("pk"):
        data = {
            "what": what,
            "rows": counts[draft.pk],
            "unmasked": unmasked,
            "reason": reason.strip(),
        }
        log(instance=draft, action="consultation.export", user=user, data=data)
