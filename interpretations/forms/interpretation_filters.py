from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interpretations.forms.list_filter import ListFilter
from interpretations.models.interpretation_list import forms_of, topics_of, years_of


class InterpretationFilter(ListFilter):
    """Interpretations by topic of what they explain, form, year of publication and unit."""

    lookups = {
        "topic": "subjects__subject__policypage__topic",
        "year": "first_published_at__year",
        "unit": "unit",
    }

    form = forms.ChoiceField(label=_("形式"), required=False)

    field_order = ["topic", "form", "year", "unit"]

    def __init__(self, data: Mapping[str, Any], rows: QuerySet[Any]) -> None:
        found = [(form.value, form.label) for form in forms_of(rows)]
        super().__init__(data, rows, topics=topics_of(rows), years=years_of(rows), form=found)

    def narrowed(self) -> QuerySet[Any]:
        rows, wanted = super().narrowed(), self.wanted
        if "topic" in wanted:
            rows = rows.distinct()
        if "form" in wanted:
            rows = rows.filter(public_forms__contains=f",{wanted['form']},")
        return rows
