"""Working days by the table that staff keep (``HolidayDay``), for deadlines counted from today."""

from datetime import date

from django.core.cache import cache

from publishing.models.holiday import HolidayDay
from publishing.workdays import Holiday, Holidays
from publishing.workdays import add_workdays as count_workdays

_KEY = "publishing.holidays"
# A new notice of the State Council takes effect within this many seconds.
_SECONDS = 300


def current_calendar() -> Holidays:
    """All orders known to the table."""
    rows = cache.get(_KEY)
    if rows is None:
        rows = list(HolidayDay.objects.values_list("date", "name", "kind"))
        cache.set(_KEY, rows, _SECONDS)
    return Holidays(Holiday(day, name, kind == HolidayDay.Kind.WORKDAY) for day, name, kind in rows)


def add_workdays(start: date, n: int) -> date:
    """The n-th working day after ``start``; years without orders know weekends only."""
    return count_workdays(start, n, current_calendar())
