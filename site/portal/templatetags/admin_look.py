"""What templates that stand in for Wagtail's own need."""

from collections.abc import Iterable
from typing import Any

from django import template

from publishing.models import User

register = template.Library()


@register.filter
def with_publishers(pages: Iterable[Any]) -> list[Any]:
    """The rows of Wagtail's report of old pages, in whose place of login names staff are named."""
    rows = list(pages)
    staff = User.objects.in_bulk({row.last_published_by for row in rows if row.last_published_by})
    for row in rows:
        if user := staff.get(row.last_published_by):
            row.last_published_by_user = str(user)
    return rows
