"""Reminders: seven days and one day before, reckoned anew when the session moves."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from openday import notices
from openday.enums import State
from openday.models import Session, Transition

DAYS = (7, 1)


def remind() -> int:
    """Write the reminders that are due, each once; how many are new."""
    now = timezone.now()
    soon = Session.objects.upcoming().filter(starts_at__lte=now + timedelta(days=max(DAYS)))
    return sum(_remind(session) for session in soon.select_related("event__unit"))


def _remind(session: Session) -> int:
    """The nearest one alone: who got the seat, or heard of a new day, after its moment knows."""
    left = session.starts_at - timezone.now()
    days = min(days for days in DAYS if left <= timedelta(days=days))
    due = session.starts_at - timedelta(days=days)
    if session.moved_at and session.moved_at >= due:
        return 0
    late = Transition.objects.filter(
        registration=OuterRef("pk"), to_state=State.CONFIRMED, at__gte=due
    )
    rows = session.registrations.filter(~Exists(late), state=State.CONFIRMED)
    listed = list(rows.select_related("contact", "receipt", "group__audience"))
    for row in listed:
        row.session = session
    return notices.remind(listed, days)
