from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interpretations.models import PolicyTopic
from publishing.models import Unit


class ListFilter(forms.Form):
    """By what a list can be narrowed; each choice is one that at least one of its rows has.

    A value that is none of them narrows nothing: addresses are kept, and lists change.
    ``lookups``: by field, for values that are numbers.
    """

    lookups: ClassVar[Mapping[str, str]] = {}

    topic = forms.ChoiceField(label=_("主题"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        rows: QuerySet[Any],
        *,
        topics: Iterable[PolicyTopic],
        years: Iterable[int],
        **more: Iterable[tuple[str, Any]],
    ) -> None:
        super().__init__(data)
        self.rows = rows
        units = Unit.objects.filter(pk__in=rows.order_by().values("unit"))
        choices: dict[str, Iterable[tuple[str, Any]]] = {
            "topic": [(str(row.pk), row.name) for row in topics],
            "year": [(str(year), f"{year}年") for year in years],
            "unit": [(str(row.pk), row.name) for row in units],
            **more,
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
        """The rows that fit all that is chosen."""
        wanted = self.wanted
        return self.rows.filter(
            **{path: int(wanted[name]) for name, path in self.lookups.items() if name in wanted}
        )
