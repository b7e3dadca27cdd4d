"""The column of events, the yearly plan, and the events themselves, lived through day by day."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from consultation.models import DecisionIndexPage
from openday.models import Audience, EventIndexPage, EventPage, PlannedEvent
from portal.demo.content import Stage
from portal.demo.event_ageing import move_event_back
from portal.demo.event_chronicle import EventChronicle
from portal.demo.event_stories import EventStory, Programme, read_programme
from publishing.services.units import equip_unit

MONTHS = 12


def build_events(stage: Stage) -> None:
    """All of it, by the services that people's work goes through."""
    programme = read_programme()
    for order, name in enumerate(programme.audiences, start=1):
        Audience.objects.create(name=name, sort_order=order)
    column = EventIndexPage(slug="events", show_in_menus=True, **programme.column)
    home = Site.objects.get(is_default_site=True).root_page
    home.add_child(instance=column)
    column.save_revision().publish()
    # In the menu beside the drafts, before the pages that explain.
    column.move(DecisionIndexPage.objects.child_of(home).get(), pos="right")
    column = EventIndexPage.objects.get(pk=column.pk)
    for story in programme.events:
        office = stage.offices[story.unit]
        place = _unit_column(column, office.unit, office.column.slug)
        EventChronicle(story, office.unit, place, stage.staff).live()
    _write_plan(column, programme)


def keep_events_young() -> None:
    """Move each event by as many days as have gone by since its dates were set."""
    programme = read_programme()
    for story in programme.events:
        event = event_of(story)
        session = event.sessions.first() if event else None
        if event is None or session is None:
            continue
        left = (timezone.localdate(session.starts_at) - timezone.localdate()).days
        move_event_back(event, left - (story.starts - story.today))
    column = EventIndexPage.objects.filter(slug="events").order_by("depth").first()
    if column and [_facts(row) for row in column.plan.all()] != _planned(programme):
        _write_plan(column, programme)


def event_of(story: EventStory) -> EventPage | None:
    """The event's page, whatever an editor renamed."""
    found: EventPage | None = EventPage.objects.filter(translation_key=story.key).first()
    return found


def _unit_column(column: EventIndexPage, unit: Any, slug: str) -> EventIndexPage:
    """Where the unit's editors write its events, with their rights and their workflow."""
    known = EventIndexPage.objects.child_of(column).filter(unit=unit).first()
    if known:
        found: EventIndexPage = known
        return found
    own = EventIndexPage(title=unit.name, slug=slug, unit=unit)
    column.add_child(instance=own)
    own.save_revision().publish()
    equip_unit(unit=unit, column=own)
    return own


def _write_plan(column: EventIndexPage, programme: Programme) -> None:
    """The lines of the plan, their months counted from this one."""
    page = EventIndexPage.objects.get(pk=column.pk)
    events = {story.slug: event_of(story) for story in programme.events}
    units = {unit.name: unit for unit in _units()}
    lines = [
        PlannedEvent(
            sort_order=order,
            year=year,
            month=month,
            kind=row["kind"],
            theme=row["theme"],
            unit=units.get(row["unit"]),
            event=events.get(row.get("event", "")),
        )
        for order, (row, (year, month, _theme)) in enumerate(
            zip(programme.plan, _planned(programme), strict=True)
        )
    ]
    page.plan.set(lines)
    page.save_revision().publish()


def _units() -> Any:
    return Site.objects.get(is_default_site=True).unit_set.all()


def _planned(programme: Programme) -> list[tuple[int, int, str]]:
    """Year, month and theme of each line; what is announced stands in the month it is held in."""
    days = {story.slug: _day_of(story) for story in programme.events}
    return [
        (day.year, day.month, row["theme"])
        for row in programme.plan
        for day in [days.get(row.get("event", "")) or _month_away(row["months"])]
    ]


def _day_of(story: EventStory) -> date:
    return timezone.localdate() + timedelta(days=story.starts - story.today)


def _month_away(months: int) -> date:
    """The first day of the month that is so many months from this one."""
    today = timezone.localdate()
    counted = today.month - 1 + months
    return date(today.year + counted // MONTHS, counted % MONTHS + 1, 1)


def _facts(row: PlannedEvent) -> tuple[int, int, str]:
    return row.year, row.month, row.theme
