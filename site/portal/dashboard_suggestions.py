"""What waits of the suggestions made at events, for the first page of the admin (rule O4)."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from openday.access import SUGGEST, suggestions_for
from portal.figures import Figure
from publishing.unit_policy import unit_ids


def suggestion_figures(user: Any) -> list[Figure]:
    """How many suggestions wait for an answer, and how many of them are late; one query."""
    if unit_ids(user, SUGGEST) == frozenset():
        return []
    late = Q(due_on__lt=timezone.localdate())
    waiting = suggestions_for(user, SUGGEST).filter(answer="").order_by()
    counts = waiting.aggregate(all=Count("pk"), late=Count("pk", filter=late))
    address = reverse("hearing:suggestions")
    return [
        Figure("建议待答复", counts["all"], f"{address}?stage=open"),
        Figure("建议逾期", counts["late"], f"{address}?stage=overdue"),
    ]
