"""What leaves the desk is written down: who, what, how much, and why with contact details."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from openday.models import Session


@transaction.atomic
def record_export(
    *, session: Session, what: str, rows: int, user: Any, unmasked: bool = False, reason: str = ""
) -> None:
    """One entry in the history of the session."""
    data = {"what": what, "rows": rows, "unmasked": unmasked, "reason": reason.strip()}
    log(instance=session, action="openday.export", user=user, data=data)
