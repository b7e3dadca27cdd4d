"""The events about a draft, for its page: hearings, open days, what is to come and what was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, Max, Min, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from openday.models import EventPage
from publishing.kept import kept


@dataclass(frozen=True, slots=True)
class AboutEvent:
    """One event about a page; the times are of the sessions that take place, None without any."""

    page: Any
    begins: datetime | None
    ends: datetime | None

    @property
    def is_past(self) -> bool:
        return self.ends is not None and self.ends <= timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.begins is None


def events_about(page: Page) -> list[AboutEvent]:
    """The public events that name the page or one below it: those to come first, the nearest
    first; then the past ones, the latest first. One query, kept for visitors until something is
    published."""
    if page.pk is None:
        return []
    found = kept("events about", page.path, make=lambda: _find(page))
    coming = [event for event in found if not event.is_past]
    past = [event for event in found if event.is_past]
    return [*coming, *past[::-1]]


def _find(page: Page) -> list[AboutEvent]:
    above = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    private = PageViewRestriction.objects.annotate(event_path=above).filter(
        event_path__startswith=F("page__path")
    )
    standing = Q(sessions__cancelled_at=None)
    rows = (
        EventPage.objects.live()
        .filter(~Exists(private), subjects__subject__path__startswith=page.path)
        .annotate(
            begins=Min("sessions__starts_at", filter=standing),
            ends=Max("sessions__ends_at", filter=standing),
        )
        .order_by("begins", "pk")
    )
    return [AboutEvent(row, row.begins, row.ends) for row in rows]
