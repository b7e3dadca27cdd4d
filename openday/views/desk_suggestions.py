"""建议办理: the suggestions made at events, given to offices and answered (rule O4)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from openday.access import SUGGEST, events_for, may, suggestions_for
from openday.forms.suggestions import (
    NewSuggestionForm,
    SuggestionFilterSet,
    SuggestionForm,
    days_late,
)
from openday.hearing_reading import history
from openday.models import EventPage, Suggestion
from openday.refusals import SeatRefused
from openday.services.suggesting import add_suggestion, handle_suggestion
from openday.views.hearing_frame import frame
from publishing.ids import parse_id
from publishing.listing import RowColumn
from publishing.unit_policy import unit_ids

SHOWN = 70


def beginning(row: Suggestion) -> str:
    """As much of the text as a row shows."""
    line = " ".join(row.text.split())
    return f"{line[:SHOWN]}…" if len(line) > SHOWN else line


def stage(row: Suggestion) -> str:
    """Handed over, answered, waiting, or late, with by how many days."""
    if row.opinion_number:
        return f"已转{row.opinion_number}号意见"
    if row.answer:
        return "已答复"
    late = days_late(row.due_on, row.answer)
    return f"逾期{late}日" if late else "未答复"


class SuggestionIndexView(generic.IndexView):
    """Those of the user's events, and those given to the user's units."""

    model = Suggestion
    any_permission_required = ["change"]
    index_url_name = "hearing:suggestions"
    index_results_url_name = "hearing:suggestions_results"
    template_name = "openday/desk_hearing/suggestions.html"
    results_template_name = "openday/desk_hearing/suggestions_results.html"
    filterset_class = SuggestionFilterSet
    page_title = _("建议办理")
    header_icon = "comment"
    paginate_by = 40
    is_searchable = False
    default_ordering = "-pk"
    columns = [
        RowColumn(
            "number",
            label=_("编号"),
            url_name="hearing:suggestion",
            accessor=lambda row: f"{row.number}号",
            classname="desk-short",
        ),
        Column("text", label=_("建议内容"), accessor=beginning),
        Column("event", label=_("活动"), accessor="event.title", classname="desk-wide"),
        Column("unit", label=_("承办单位"), accessor=lambda row: row.unit or _("未定")),
        Column(
            "due_on",
            label=_("办理期限"),
            accessor=lambda row: row.due_on.isoformat() if row.due_on else _("未定"),
            classname="desk-short",
        ),
        Column("stage", label=_("办理情况"), accessor=stage, classname="desk-short"),
        Column(
            "is_public",
            label=_("公开"),
            accessor=lambda row: _("公开") if row.is_public else _("不公开"),
            classname="desk-wide desk-short",
        ),
    ]

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Wagtail's own export would neither mask nor log.
        self.is_export = False

    def get_base_queryset(self) -> QuerySet[Suggestion]:
        return suggestions_for(self.request.user, SUGGEST)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """As Wagtail's, but what makes no sense finds nothing, instead of all."""
        if self.filters and not self.filters.is_valid():
            return queryset.none()
        return super().filter_queryset(queryset)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return frame(str(self.page_title))["breadcrumbs_items"]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        wanted = parse_id(self.request.GET.get("event"))
        query = f"?event={wanted}" if wanted is not None else ""
        address = f"{reverse('hearing:suggest')}{query}"
        return [HeaderButton(_("登记建议"), url=address, icon_name="plus")]


def suggest(request: HttpRequest) -> HttpResponse:
    """First the event, then the form: offices and people depend on the event."""
    if unit_ids(request.user, SUGGEST) == frozenset():
        raise PermissionDenied
    events = events_for(request.user, SUGGEST).filter(sessions__isnull=False).distinct()
    wanted = parse_id(request.GET.get("event"))
    if wanted is None:
        context = {**frame("登记建议", _list(), icon="plus"), "events": events}
        return render(request, "openday/desk_hearing/suggest_event.html", context)
    event = get_object_or_404(events, pk=wanted)
    form = NewSuggestionForm(request.POST if request.method == "POST" else None, event=event)
    if form.is_bound and form.is_valid():
        return _add(request, event, form)
    return _new_page(request, event, form)


def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggestion with its answer."""
    row = get_object_or_404(suggestions_for(request.user, SUGGEST), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = SuggestionForm(data, suggestion=row, whole=may(request.user, SUGGEST, row.event))
    if not form.is_bound or not form.is_valid():
        return _page(request, row, form)
    try:
        seen = form.cleaned_data["seen_answer"]
        handle_suggestion(suggestion=form.changed, user=request.user, seen_answer=seen)
    except SeatRefused as refusal:
        form.add_error(refusal.field, refusal.message)
        return _page(request, row, form, now=Suggestion.objects.get(pk=pk))
    messages.success(request, f"{row}已保存。")
    return redirect("hearing:suggestions")


def _add(request: HttpRequest, event: EventPage, form: NewSuggestionForm) -> HttpResponse:
    """To the list; or to the next one of the same event."""
    made = add_suggestion(event=event, user=request.user, **form.suggested)
    messages.success(request, f"已登记{made}。")
    if "then-next" in request.POST:
        return redirect(f"{reverse('hearing:suggest')}?event={event.pk}")
    return redirect(f"{reverse('hearing:suggestions')}?event={event.pk}")


def _list() -> tuple[str, str]:
    return "建议办理", reverse("hearing:suggestions")


def _new_page(request: HttpRequest, event: EventPage, form: NewSuggestionForm) -> HttpResponse:
    context = {
        **frame("登记建议", _list(), icon="plus"),
        "event": event,
        "form": form,
        "media": form.media,
    }
    status = 422 if form.is_bound else 200
    return render(request, "openday/desk_hearing/suggest.html", context, status=status)


def _page(
    request: HttpRequest, row: Suggestion, form: SuggestionForm, now: Suggestion | None = None
) -> HttpResponse:
    shown = Suggestion.objects.select_related("event", "unit", "answered_by").get(pk=row.pk)
    context = {
        **frame(str(row), _list(), icon="comment"),
        "row": shown,
        "now": now,
        "form": form,
        "media": form.media,
        "stage": stage(shown),
        "history": history(row),
    }
    status = 422 if form.is_bound else 200
    return render(request, "openday/desk_hearing/suggestion.html", context, status=status)
