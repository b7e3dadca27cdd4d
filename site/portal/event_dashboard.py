"""What waits for a member of staff about events and seats, by unit, in few queries."""

from datetime import timedelta
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from openday.access import DECIDE, VIEW, events_for, registrations_for, sessions_for
from openday.enums import State
from openday.models import EventReportPage, Session
from portal.figures import Due, Figure
from publishing.unit_policy import unit_ids

SOON_DAYS = 7
# One step of a page's path: a report lies right below its event.
_STEP = EventReportPage.steplen


def seat_figures(user: Any) -> list[Figure]:
    """How many registrations wait for review, and how many offers for an answer."""
    register = reverse("registration:index")
    found = []
    if unit_ids(user, DECIDE) != frozenset():
        pending = registrations_for(user, DECIDE).filter(state=State.PENDING).count()
        found.append(Figure("待审核报名", pending, f"{register}?state={State.PENDING}"))
    if unit_ids(user, VIEW) != frozenset():
        offers = registrations_for(user, VIEW).filter(state=State.OFFERED).count()
        found.append(Figure("递补待确认", offers, f"{register}?state={State.OFFERED}"))
    return found


def sessions_soon(user: Any) -> list[Session]:
    """The sessions of the next seven days, also those that are running, the nearest first."""
    now = timezone.now()
    rows = sessions_for(user, VIEW).filter(
        cancelled_at=None, ends_at__gt=now, starts_at__lte=now + timedelta(days=SOON_DAYS)
    )
    return list(rows.order_by("starts_at", "pk"))


def unreported_events(user: Any) -> list[Due]:
    """Public events that are over and whose report is not (rule O3), the longest over first."""
    last = Max("sessions__ends_at", filter=Q(sessions__cancelled_at=None))
    events = events_for(user, VIEW).filter(live=True).annotate(over_at=last)
    over = events.filter(over_at__lte=timezone.now()).order_by("over_at", "pk")
    paths = EventReportPage.objects.live().values_list("path", flat=True)
    reported = {path[:-_STEP] for path in paths}
    return [
        Due(
            event.title,
            timezone.localdate(event.over_at),
            reverse("seats:event", args=[event.pk]),
        )
        for event in over
        if event.path not in reported
    ]
