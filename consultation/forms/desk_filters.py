"""The choice of opinions that the list, its bulk actions, the pages and the exports share."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from consultation.access import VIEW, drafts_for, opinions_for, responses_for, units_for
from consultation.enums import Channel, Outcome, Review
from consultation.models import Clause, Opinion, OpinionQuerySet, Response
from publishing.ids import parse_id

_STANDING = Q(split_at=None, undone_at=None, withdrawn_at=None)
_LOOSE = _STANDING & Q(response=None)
MOST_WORDS = 50
UNDECIDED = "undecided"
WHOLE = "whole"

STAGES: dict[str, tuple[Any, Q]] = {
    "pending": (_("待审核"), _LOOSE & Q(review=Review.PENDING)),
    "reviewed": (_("已审核，未归入"), _LOOSE & Q(review=Review.REVIEWED)),
    "withheld": (_("不予公开，未归入"), _LOOSE & Q(review=Review.WITHHELD)),
    "grouped": (_("已归入"), Q(response__isnull=False)),
    "withdrawn": (_("已撤回"), Q(withdrawn_at__isnull=False)),
    "split": (_("已拆分"), Q(split_at__isnull=False)),
    "undone": (_("已撤销拆分"), Q(undone_at__isnull=False)),
}
"""Where an opinion stands, as ``Opinion.stage`` names it, and the rows that stand there."""


class DraftField(ModelChoiceField):
    """A page's key is a reference, for which Django doesn't look whether the column holds it."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or parse_id(value) is not None:
            return super().to_python(value)
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class DraftFilter(django_filters.ModelChoiceFilter):
    field_class = DraftField


class OpinionFilterSet(WagtailFilterSet):
    """What staff look for in the register."""

    draft = DraftFilter(
        label=_("草案"), queryset=lambda request: drafts_for(request.user, VIEW).only("title")
    )
    clause = django_filters.ChoiceFilter(label=_("条款"), method="in_clause")
    stage = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=[(value, label) for value, (label, _rows) in STAGES.items()],
        method="in_stage",
    )
    outcome = django_filters.ChoiceFilter(
        label=_("采纳情况"),
        choices=[(UNDECIDED, _("未办理")), *Outcome.choices],
        method="with_outcome",
    )
    channel = django_filters.ChoiceFilter(
        label=_("渠道"), field_name="submission__channel", choices=Channel.choices
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("单位"),
        field_name="draft__unit",
        queryset=lambda request: units_for(request.user, VIEW),
    )
    received = django_filters.DateFromToRangeFilter(
        label=_("收到日期"),
        field_name="submission__received_on",
        widget=DateRangePickerWidget,
    )
    held = django_filters.ChoiceFilter(
        label=_("人工核验"),
        field_name="submission__held_for_review",
        choices=[("True", _("需人工核验"))],
    )

    class Meta:
        model = Opinion
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        user = self.request.user
        if units_for(user, VIEW).count() < 2:
            del self.filters["unit"]
        draft = parse_id((data or {}).get("draft"))
        if draft is None or not drafts_for(user, VIEW).filter(pk=draft).exists():
            del self.filters["clause"]
            return
        clauses = Clause.objects.filter(draft_id=draft).select_related("removed_in")
        named = [(str(row.pk), row.short_name) for row in clauses]
        self.filters["clause"].extra["choices"] = [(WHOLE, _("整体意见")), *named]

    def in_clause(self, rows: QuerySet[Model], name: str, value: str) -> QuerySet[Model]:
        return rows.filter(clause=None if value == WHOLE else value)

    def in_stage(self, rows: QuerySet[Model], name: str, value: str) -> QuerySet[Model]:
        return rows.filter(STAGES[value][1])

    def with_outcome(self, rows: QuerySet[Model], name: str, value: str) -> QuerySet[Model]:
        if value == UNDECIDED:
            return rows.filter(_STANDING & (Q(response=None) | Q(response__outcome="")))
        return rows.filter(response__outcome=value)


def chosen_opinions(
    request: HttpRequest, params: QueryDict, permission: str = VIEW
) -> OpinionQuerySet:
    """The opinions that the list with these parameters shows, newest first, of the units in which
    the user holds the permission. Parameters that make no sense choose nothing."""
    filters = OpinionFilterSet(params, request=request)
    if not filters.is_valid():
        return Opinion.objects.none()
    rows = filters.filter_queryset(opinions_for(request.user, permission)).order_by("-pk")
    return search(rows, params.get("q", ""))  # type: ignore[return-value] # stays an OpinionQuerySet


def search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those that contain every one of the words, or bear the number, the opinion's or receipt's.

    A word without letters that have a case is looked for as it is: on 100,000 opinions that is
    several times quicker than by folding each text.
    """
    for word in _words(words):
        caseless = word.lower() == word.upper()
        where = Q(**{"text__contains" if caseless else "text__icontains": word})
        number = word.removesuffix("号")
        if number.isascii() and number.isdigit() and len(number) < 10:
            where |= Q(number=int(number))
        if word.replace("-", "").isdigit() and len(word) >= 8:
            where |= Q(submission__receipt__number=word)
        rows = rows.filter(where)
    return rows


def _words(said: str) -> list[str]:
    """Each once. A whole text is looked for as it is: a question of a thousand parts is more than
    a database takes."""
    found = list(dict.fromkeys(said.split()))
    return found if len(found) <= MOST_WORDS else [said.strip()]


class ResponseFilterSet(WagtailFilterSet):
    """What staff look for among the responses."""

    draft = DraftFilter(
        label=_("草案"), queryset=lambda request: drafts_for(request.user, VIEW).only("title")
    )
    outcome = django_filters.ChoiceFilter(
        label=_("采纳情况"),
        choices=[(UNDECIDED, _("未办理")), *Outcome.choices],
        method="with_outcome",
    )

    class Meta:
        model = Response
        fields: list[str] = []

    def with_outcome(self, rows: QuerySet[Model], name: str, value: str) -> QuerySet[Model]:
        return rows.filter(outcome="" if value == UNDECIDED else value)


def chosen_responses(
    request: HttpRequest, params: QueryDict, permission: str
) -> QuerySet[Response]:
    """The responses that the list with these parameters shows."""
    filters = ResponseFilterSet(params, request=request)
    if not filters.is_valid():
        return Response.objects.none()
    rows = filters.filter_queryset(responses_for(request.user, permission))
    return search_responses(rows.order_by("-draft", "number"), params.get("q", ""))


def search_responses(rows: QuerySet[Response], words: str) -> QuerySet[Response]:
    """Those whose summary, reason or wording contains every one of the words."""
    for word in _words(words):
        where = Q(summary__icontains=word) | Q(reason__icontains=word) | Q(wording__icontains=word)
        rows = rows.filter(where)
    return rows
