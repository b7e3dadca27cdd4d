"""What waits of the interpretations whose policy or draft changed, for the admin's first page."""

from typing import Any

from django.urls import reverse

from interpretations.models import StaleItem
from interpretations.views.desk_stale import may_edit_any
from portal.figures import Figure


def stale_figures(user: Any) -> list[Figure]:
    """How many parts nobody has looked at since; none for who edits no pages."""
    if not may_edit_any(user):
        return []
    waiting = StaleItem.objects.for_user(user).waiting().order_by().count()
    return [Figure("解读待更新", waiting, reverse("stale:report"))]
