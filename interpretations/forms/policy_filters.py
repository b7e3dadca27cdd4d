from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from interpretations.forms.list_filter import ListFilter
from interpretations.models.policy_list import topics_of, years_of


class PolicyFilter(ListFilter):
    """Policies by topic, year of the document and unit."""

    lookups = {"topic": "topic", "year": "written_on__year", "unit": "unit"}

    def __init__(self, data: Mapping[str, Any], rows: QuerySet[Any]) -> None:
        super().__init__(data, rows, topics=topics_of(rows), years=years_of(rows))
