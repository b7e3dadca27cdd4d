"""The period of a consultation, reckoned as rules D1 and D5 say. Pure: dates in, answers out."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from publishing.workdays import ONE_DAY, Holidays, is_workday


def opens_at(opening_day: date) -> datetime:
    """The first moment: 00:00 of the opening day, local time."""
    return timezone.make_aware(datetime.combine(opening_day, time.min))


def closes_at(closing_day: date) -> datetime:
    """The first moment after the period: 24:00 of the closing day, local time."""
    return timezone.make_aware(datetime.combine(closing_day + timedelta(days=1), time.min))


def seconds_to_midnight() -> int:
    """How long what depends on the day alone stays true; periods begin and end at midnight."""
    return int((closes_at(timezone.localdate()) - timezone.now()).total_seconds())


def length_in_days(opening_day: date, closing_day: date) -> int:
    """The length in calendar days, counted from the day after the opening day (713 art. 15)."""
    return (closing_day - opening_day).days


def last_overdue_closing(today: date, workdays: int, calendar: Holidays) -> date:
    """The latest closing day after which so many working days are over before today.

    The inverse of ``publishing.workdays.add_workdays``: for this day and all before it the answer
    is overdue today, for the next one it is not yet.
    """
    day = today
    while workdays:
        day -= ONE_DAY
        workdays -= is_workday(day, calendar)
    return day - ONE_DAY
