"""The period of a consultation, reckoned as rules D1 and D5 say. Pure: dates in, answers out."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def opens_at(opening_day: date) -> datetime:
    """The first moment: 00:00 of the opening day, local time."""
    return timezone.make_aware(datetime.combine(opening_day, time.min))


def closes_at(closing_day: date) -> datetime:
    """The first moment after the period: 24:00 of the closing day, local time."""
    return timezone.make_aware(datetime.combine(closing_day + timedelta(days=1), time.min))


def length_in_days(opening_day: date, closing_day: date) -> int:
    """The length in calendar days, counted from the day after the opening day (713 art. 15)."""
    return (closing_day - opening_day).days
