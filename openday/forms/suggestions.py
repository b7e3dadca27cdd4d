"""What staff fill in about suggestions, and how they look for them (rule O4)."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from openday.access import SUGGEST, suggestions_for
from openday.models import EventPage, Registration, Suggestion
from openday.models.suggestion import MAX_LENGTH
from people.forms import ReceiptNumberField
from publishing.models import Unit
from publishing.text_fields import TextField

_DUE_ERRORS = {"invalid": _("日期应写成 2026-01-31 的样子。")}


def overdue() -> Q:
    """Those whose day is over and that nobody has answered."""
    return Q(answer="", due_on__lt=timezone.localdate())


class SuggestionFilterSet(WagtailFilterSet):
    """By event, by office, by what is still to do."""

    event = django_filters.ChoiceFilter(label=_("活动"), field_name="event")
    unit = django_filters.ChoiceFilter(label=_("承办单位"), field_name="unit")
    stage = django_filters.ChoiceFilter(
        label=_("办理情况"),
        choices=[("open", _("未答复")), ("overdue", _("已逾期")), ("answered", _("已答复"))],
        method="in_stage",
    )

    class Meta:
        model = Suggestion
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = suggestions_for(self.request.user, SUGGEST).order_by()
        events = EventPage.objects.filter(pk__in=seen.values("event")).order_by("-pk")
        units = Unit.objects.filter(pk__in=seen.values("unit"))
        for name, rows in (("event", events), ("unit", units)):
            self.filters[name].extra["choices"] = [(str(row.pk), str(row)) for row in rows]

    def in_stage(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "overdue":
            return rows.filter(overdue())
        return rows.filter(answer="") if value == "open" else rows.exclude(answer="")


class _Given(forms.Form):
    """To whom a suggestion is given, by when, and whether the public may read it."""

    text = TextField(
        label=_("建议内容"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写下建议内容。")},
    )
    unit = forms.ModelChoiceField(
        label=_("承办单位"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("以后再定"),
    )
    due_on = forms.DateField(
        label=_("办理期限"), required=False, widget=AdminDateInput(), error_messages=_DUE_ERRORS
    )
    is_public = forms.BooleanField(
        label=_("写入总结公开"),
        required=False,
        initial=True,
        help_text=_("不公开的建议仍须答复，总结中只计数。"),
    )

    def offer_units(self, event: EventPage) -> None:
        """Offices of the event's site."""
        site = event.unit.site_id if event.unit else None
        self.fields["unit"].queryset = Unit.objects.filter(site=site)  # type: ignore[attr-defined] # a ModelChoiceField


class NewSuggestionForm(_Given):
    """A suggestion as it was heard. Who made it may stay open."""

    number = ReceiptNumberField(
        label=_("提出人的报名编号"), required=False, help_text=_("不知道是谁提的，可以不填。")
    )
    field_order = ["text", "number", "unit", "due_on", "is_public"]

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.offer_units(event)

    def clean_number(self) -> Registration | None:
        """The registration of that number; one of another event is as unknown as none."""
        number = self.cleaned_data["number"]
        if not number:
            return None
        rows = Registration.objects.filter(session__event=self.event, receipt__number=number)
        found = rows.select_related("session").first()
        if found is None:
            raise ValidationError(_("这个活动没有这个报名编号，请核对，或者留空。"))
        return found

    @property
    def suggested(self) -> dict[str, Any]:
        """The arguments of ``add_suggestion``."""
        typed = dict(self.cleaned_data)
        typed["registration"] = typed.pop("number")
        return typed


class SuggestionForm(_Given):
    """A suggestion with its answer. The office that it was given to fills in the answer alone."""

    seen_answer = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    answer = TextField(
        label=_("答复"),
        required=False,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写清采纳不采纳、怎么办、什么时候办；公开的建议，答复会写进总结。"),
    )

    def __init__(self, *args: Any, suggestion: Suggestion, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(suggestion, name) for name in _NAMES}
        self.initial["seen_answer"] = suggestion.answer
        self.suggestion = suggestion
        self.offer_units(suggestion.event)
        fixed = () if whole else ("text", "unit", "due_on", "is_public")
        for name in (*fixed, *(("text", "answer") if suggestion.opinion_number else ())):
            self.fields[name].disabled = True

    def clean_seen_answer(self) -> str:
        """As it was sent out: forms come back with other line ends."""
        return "\n".join(self.cleaned_data["seen_answer"].splitlines())

    @property
    def changed(self) -> Suggestion:
        """The suggestion as filled in, not saved."""
        for name in _NAMES:
            setattr(self.suggestion, name, self.cleaned_data[name])
        return self.suggestion


_NAMES = ("text", "unit", "due_on", "is_public", "answer")


def days_late(due_on: date | None, answer: str) -> int:
    """By how many days an answer is late; 0 while it isn't."""
    if due_on is None or answer:
        return 0
    return max(0, (timezone.localdate() - due_on).days)
