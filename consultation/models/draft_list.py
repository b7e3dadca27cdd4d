"""Many drafts at once: their phases in the database, and rows that need no query of their own."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page

from consultation.enums import Phase
from consultation.models.draft_page import DecisionDraftPage
from consultation.models.result_page import AdoptionResultPage
from consultation.models.versions import ResultVersion
from consultation.periods import last_overdue_closing
from publishing.holidays import current_calendar
from publishing.models import SiteProfile
from publishing.workdays import add_workdays


def public_drafts(below: Page, profile: SiteProfile) -> QuerySet[Any]:
    """The public drafts below a page of the profile's site, each with its phase as ``stage``.

    ``stage`` is what ``DecisionDraftPage.phase`` says today. The long texts are not read.
    """
    drafts = DecisionDraftPage.objects.descendant_of(below).live().public()
    return (
        drafts.select_related("unit")
        .defer("body", "explanation")
        .annotate(stage=_stage(profile))
        .order_by("-closing_day", "-pk")
    )


def soonest_first(drafts: QuerySet[Any]) -> QuerySet[Any]:
    """What can be spoken to first, and of it what closes first; then what comes; then the past."""
    rank = Case(When(stage=Phase.OPEN, then=0), When(stage=Phase.UPCOMING, then=1), default=2)
    closing = Case(When(stage=Phase.OPEN, then=F("closing_day")))
    return drafts.order_by(rank, closing.asc(nulls_last=True), "-closing_day", "-pk")


def filled(drafts: Iterable[DecisionDraftPage], profile: SiteProfile) -> list[DecisionDraftPage]:
    """The drafts with their results and feedback days at hand, in two queries for all of them."""
    rows = list(drafts)
    results: dict[str, AdoptionResultPage] = {}
    for version in _published_results([row.path for row in rows]):
        result = results.setdefault(version.draft_path, version.result)
        if result.pk == version.result_id:
            # The versions come in their order: the last is what the page shows.
            result.frozen = version
    calendar = current_calendar()
    for row in rows:
        row.result = results.get(row.path)
        if row.closing_day:
            row.feedback_due = add_workdays(row.closing_day, profile.feedback_workdays, calendar)
    return rows


def _stage(profile: SiteProfile) -> Case:
    """The phase by the days alone: every phase begins and ends at midnight."""
    today = timezone.localdate()
    overdue = last_overdue_closing(today, profile.feedback_workdays, current_calendar())
    unset = Q(opening_day=None) | Q(closing_day=None)
    answered = Q(path__in=_results().values("draft_path"))
    return Case(
        When(unset | Q(opening_day__gt=today), then=Value(Phase.UPCOMING)),
        When(closing_day__gte=today, then=Value(Phase.OPEN)),
        When(answered, then=Value(Phase.ANSWERED)),
        When(closing_day__lte=overdue, then=Value(Phase.OVERDUE)),
        default=Value(Phase.CLOSED),
        output_field=CharField(),
    )


def _results() -> QuerySet[Any]:
    """The public results, each with the path of its draft."""
    return AdoptionResultPage.objects.live().annotate(draft_path=_above("path"))


def _published_results(paths: list[str]) -> QuerySet[Any]:
    """The versions of the public results of the drafts at these paths, without the long tables."""
    versions = ResultVersion.objects.filter(result__live=True).defer("table")
    return (
        versions.annotate(draft_path=_above("result__path"))
        .filter(draft_path__in=paths)
        .select_related("result")
        .order_by("result__path", "number")
    )


def _above(path: str) -> Substr:
    return Substr(path, 1, Length(path) - Page.steplen)
