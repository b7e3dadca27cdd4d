"""The report of an event: made in one click, frozen when it is published, told to who came."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from openday import notices
from openday.enums import State
from openday.models import EventPage, EventReportPage, Registration, ReportVersion
from openday.services.retention import set_purge_days
from people.masking import mask_text


def figures_of(event: EventPage) -> dict[str, Any]:
    """Who registered and who came, by audience, over all sessions that took place."""
    rows = Registration.objects.filter(session__event=event, session__cancelled_at=None)
    by_group = (
        rows.values("group__audience__name")
        .annotate(registered=Count("pk"), came=Count("pk", filter=Q(state=State.ATTENDED)))
        .order_by("group__audience__sort_order", "group__audience__name")
    )
    groups = [
        {
            "name": row["group__audience__name"],
            "registered": row["registered"],
            "came": row["came"],
        }
        for row in by_group
    ]
    return {
        "registered": sum(group["registered"] for group in groups),
        "came": sum(group["came"] for group in groups),
        "groups": groups,
        "sessions": event.sessions.standing().count(),
        "suggestions": event.suggestions.count(),
    }


def suggestions_of(event: EventPage) -> list[dict[str, Any]]:
    """The public suggestions with their answers, numbers of people masked."""
    return [
        {
            "number": row.number,
            "text": mask_text(row.text),
            "unit": str(row.unit or ""),
            "due_on": row.due_on.isoformat() if row.due_on else "",
            "answer": mask_text(row.answer),
        }
        for row in event.suggestions.filter(is_public=True).select_related("unit")
    ]


@transaction.atomic
def create_report(*, event: EventPage, user: Any) -> EventReportPage:
    """A draft of the report below its event; the one that is there already, if there is one."""
    # Two clicks at once make one page.
    Page.objects.select_for_update().only("pk").get(pk=event.pk)
    existing = EventReportPage.objects.child_of(event).first()
    if existing:
        found: EventReportPage = existing
        return found
    event = EventPage.objects.get(pk=event.pk)
    report = EventReportPage(title=f"{event.title}活动总结"[:255], live=False, owner=user)
    event.add_child(instance=report)
    report.save_revision(user=user)
    log(instance=report, action="wagtail.create", user=user)
    return report


def record_report(*, report: EventReportPage) -> ReportVersion | None:
    """Freeze what the report says now, and thank those who came. Called when it goes live.

    Nothing is written where it says the same as before.
    """
    Page.objects.select_for_update().only("pk").get(pk=report.pk)
    event = report.event
    figures, suggestions = figures_of(event), suggestions_of(event)
    last = report.versions.last()
    if last and last.says(figures, suggestions):
        return None
    version = ReportVersion.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        figures=figures,
        suggestions=suggestions,
        published_at=timezone.now(),
    )
    came = Registration.objects.filter(session__event=event, state=State.ATTENDED)
    came = came.filter(contact__purged_at=None)
    related = ("contact", "receipt", "session__event__unit", "group__audience")
    notices.thank(list(came.select_related(*related).order_by("pk")), report)
    set_purge_days(event=event)
    return version


def shown_report(*, report: EventReportPage) -> dict[str, Any]:
    """What the page shows: frozen once it is public; before, in the preview, as it is now."""
    frozen = report.frozen if report.live else None
    figures = frozen.figures if frozen else figures_of(report.event)
    suggestions = frozen.suggestions if frozen else suggestions_of(report.event)
    return {
        "event": report.event,
        "figures": figures,
        "suggestions": [_with_day(row) for row in suggestions],
        "unpublished": figures["suggestions"] - len(suggestions),
        "photos": [photo for photo in report.photos.select_related("image") if photo.consented],
        "frozen_at": frozen.published_at if frozen else None,
    }


def _with_day(row: dict[str, Any]) -> dict[str, Any]:
    """The day as one again, for the page's way of writing it."""
    return {**row, "due_on": date.fromisoformat(row["due_on"]) if row["due_on"] else None}
