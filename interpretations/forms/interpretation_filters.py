from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interpretations.models.interpretation_list import forms_of, topics_of, units_of, years_of


class InterpretationFilter(forms.Form):
    """By what the list can be narrowed; each choice is one that at least one interpretation has.

    A value that is none of them narrows nothing: addresses are kept, and lists change.
    """

    topic = forms.ChoiceField(label=_("主题"), required=False)
    form = forms.ChoiceField(label=_("形式"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(self, data: Mapping[str, Any], rows: QuerySet[Any]) -> None:
        super().__init__(data)
        self.rows = rows
        choices: dict[str, list[tuple[str, Any]]] = {
            "topic": [(str(row.pk), row.name) for row in topics_of(rows)],
            "form": [(form.value, form.label) for form in forms_of(rows)],
            "year": [(str(year), f"{year}年") for year in years_of(rows)],
            "unit": [(str(row.pk), row.name) for row in units_of(rows)],
        }
        for name, known in choices.items():
            self.fields[name].choices = [("", _("全部")), *known]  # type: ignore[attr-defined] # a ChoiceField
        self.is_valid()

    @property
    def wanted(self) -> dict[str, str]:
        """What is chosen, by field."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """What is chosen, as it stands in addresses."""
        return urlencode(self.wanted)

    def narrowed(self) -> QuerySet[Any]:
        """The interpretations that fit all that is chosen."""
        rows, wanted = self.rows, self.wanted
        if "topic" in wanted:
            rows = rows.filter(subjects__subject__policypage__topic=int(wanted["topic"])).distinct()
        if "form" in wanted:
            rows = rows.filter(public_forms__contains=f",{wanted['form']},")
        if "year" in wanted:
            rows = rows.filter(first_published_at__year=int(wanted["year"]))
        if "unit" in wanted:
            rows = rows.filter(unit=int(wanted["unit"]))
        return rows
