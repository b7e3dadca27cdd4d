"""What the public templates need to lay things out; nothing here knows a request or a database."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils import timezone

from portal.charts import Attendance, Slice, attendance_bars, outcome_slices

register = template.Library()


@register.filter
def within(page: Any, column: Any) -> bool:
    """Whether the page is the column or lies below it; a view without a page lies nowhere."""
    return bool(getattr(page, "path", "")) and page.path.startswith(column.path)


@register.filter
def days_left(day: date) -> int:
    """Whole days until the day: 0 on that day itself, negative after it."""
    return (day - timezone.localdate()).days


@register.filter
def slices(figures: Mapping[str, int]) -> list[Slice]:
    """The figures of a result as the parts of a chart."""
    return outcome_slices(figures)


@register.filter
def bars(groups: Sequence[Mapping[str, Any]]) -> list[Attendance]:
    """The audiences of an event's figures as bars of a chart."""
    return attendance_bars(groups)
