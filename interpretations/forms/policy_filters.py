from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interpretations.models.policy_list import topics_of, units_of, years_of


class PolicyFilter(forms.Form):
    """By what the list can be narrowed; each choice is one that at least one policy has.

    A value that is none of them narrows nothing: addresses are kept, and lists change.
    """

    topic = forms.ChoiceField(label=_("主题"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(self, data: Mapping[str, Any], policies: QuerySet[Any]) -> None:
        super().__init__(data)
        self.policies = policies
        choices = {
            "topic": [(str(row.pk), row.name) for row in topics_of(policies)],
            "year": [(str(year), f"{year}年") for year in years_of(policies)],
            "unit": [(str(row.pk), row.name) for row in units_of(policies)],
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
        """The policies that fit all that is chosen."""
        lookups = {"topic": "topic", "year": "written_on__year", "unit": "unit"}
        return self.policies.filter(
            **{lookups[name]: int(value) for name, value in self.wanted.items()}
        )
