"""The column of events: the yearly plan, what is to come, what was."""

from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openday.enums import EventKind
from openday.models import EventIndexPage, PlannedEvent
from openday.models.event_list import filled, public_events, public_pages

PAGE_SIZE = 12
PAST = "past"


class PlannedYear(NamedTuple):
    """One year of the plan; its lines are ordered by month."""

    year: int
    lines: list[PlannedEvent]
    is_over: bool


def list_events(request: HttpRequest, index: EventIndexPage) -> HttpResponse:
    """The same for everyone, twelve a page; what begins first is first, of the past the last."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in EventKind.values else ""
    past = request.GET.get("when") == PAST
    listed = Paginator(_events(index, kind=kind, past=past), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = index.get_context(request) | _choices(kind, past=past)
    context |= {
        "listed": listed,
        "numbers": listed.paginator.get_elided_page_range(listed.number),
        "events": filled(listed),
        "plan": planned_years(index),
    }
    return render(request, "openday/event_index_page.html", context)


def _events(index: EventIndexPage, *, kind: str, past: bool) -> QuerySet[Any]:
    now = timezone.now()
    events = public_events(index)
    if kind:
        events = events.filter(kind=kind)
    if past:
        return events.filter(ends__lte=now).order_by("-begins", "-pk")
    return events.filter(Q(ends__gt=now) | Q(ends=None)).order_by("begins", "pk")


def _choices(kind: str, *, past: bool) -> dict[str, Any]:
    """What is chosen, and the rest of the addresses that choose something else."""
    when = {"when": PAST} if past else {}
    chosen = {"kind": kind} if kind else {}
    return {
        "kinds": EventKind,
        "wanted_kind": kind,
        "past": past,
        "query": urlencode(when | chosen),
        "kind_query": urlencode(chosen),
        "when_query": urlencode(when),
    }


def planned_years(index: EventIndexPage) -> list[PlannedYear]:
    """The plan by year, the present and coming ones first; below the site's column the units', too.

    Each line's ``announced`` is its event's page, once that is public.
    """
    lines = list(index.plan.all())
    if index.pk:
        columns = EventIndexPage.objects.descendant_of(index).live().public()
        below = PlannedEvent.objects.filter(page__in=columns.order_by().values("pk"))
        lines += below.select_related("unit")
    events = public_pages(line.event_id for line in lines if line.event_id)
    for line in lines:
        line.announced = events.get(line.event_id)
    lines.sort(key=lambda line: (line.year, line.month, line.sort_order or 0))
    this_year = timezone.localdate().year
    years = [
        PlannedYear(year, list(rows), year < this_year)
        for year, rows in groupby(lines, key=lambda line: line.year)
    ]
    coming = [year for year in years if not year.is_over]
    return coming + [year for year in reversed(years) if year.is_over]
