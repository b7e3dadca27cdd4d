"""待更新的解读: the report, and the confirmation that a part is still right."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from interpretations.enums import StaleEnd
from interpretations.forms.stale import ConfirmForm
from interpretations.models import StaleItem
from interpretations.services.stale import StaleRefused, confirm_current
from publishing.models import Unit

_WAITING = "waiting"
_STATES = [(_WAITING, _("待核对")), *StaleEnd.choices, ("all", _("全部"))]


def units(request: Any) -> QuerySet[Unit]:
    """The units that have any."""
    shown = StaleItem.objects.for_user(request.user).values("page__unit")
    found: QuerySet[Unit] = Unit.objects.filter(pk__in=shown)
    return found


class StaleFilterSet(WagtailFilterSet):
    """By unit and by state; without a state those that wait."""

    unit = django_filters.ModelChoiceFilter(
        label=_("单位"), field_name="page__unit", queryset=units
    )
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=_STATES[1:], empty_label=_("待核对"), method="with_state"
    )

    class Meta:
        model = StaleItem
        fields = ["unit", "state"]

    def with_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows if value == "all" else rows.filter(ended=value)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data["state"] else rows.waiting()


class StaleReportView(ReportView):
    """What changed below the interpretations that the user may edit, old and new side by side."""

    model = StaleItem
    permission_policy = page_permission_policy
    any_permission_required = ["change"]
    page_title = _("待更新的解读")
    header_icon = "warning"
    template_name = "interpretations/stale/report.html"
    results_template_name = "interpretations/stale/report_results.html"
    index_url_name = "stale:report"
    index_results_url_name = "stale:report_results"
    filterset_class = StaleFilterSet
    paginate_by = 20
    default_ordering = "-since"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False

    def get_queryset(self) -> QuerySet[Any]:
        rows = StaleItem.objects.for_user(self.request.user)
        return rows.select_related("page__unit", "subject", "closed_by").order_by("-since", "pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """As Wagtail's, but what makes no sense finds nothing, instead of all."""
        if self.filters and not self.filters.is_valid():
            return queryset.none()
        return super().filter_queryset(queryset)


class StaleMenuItem(MenuItem):
    """In the menu of reports, for who may edit pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_any(request.user)


def may_edit_any(user: Any) -> bool:
    return bool(page_permission_policy.user_has_any_permission(user, ["change"]))


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """One item, and back to where it was shown."""
    form = ConfirmForm(request.POST)
    if form.is_valid():
        pk, version = form.cleaned_data["item"]
        try:
            item = confirm_current(pk=pk, version=version, user=request.user)
            messages.success(request, f"已确认，公开页面不再提示：{item}。")
        except StaleRefused as refusal:
            messages.error(request, refusal.message)
    else:
        messages.error(request, "没有收到要确认的内容，请重试。")
    return redirect(get_valid_next_url_from_request(request) or reverse("stale:report"))
