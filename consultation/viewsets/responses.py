"""归纳意见与采纳情况: the responses of the user's units, with how many opinions each answers."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.widgets.button import HeaderButton

from consultation.access import DECIDE, EXPORT, VIEW, drafts_for, may, responses_for
from consultation.forms.desk_filters import ResponseFilterSet, search_responses
from consultation.models import DecisionDraftPage, Opinion, Response
from publishing.desk_list import DeskIndexView, DeskViewSet
from publishing.ids import parse_id
from publishing.listing import RowColumn


def decided_by(response: Response) -> str:
    """Who decided it."""
    user = response.decided_by
    return str(user) if user else ""


def day_decided(response: Response) -> str:
    """The day, short."""
    return timezone.localdate(response.decided_at).isoformat() if response.decided_at else ""


class ResponseIndexView(DeskIndexView):
    """The list, each with its number of opinions."""

    any_permission_required = ["view", "change"]
    filterset_class = ResponseFilterSet
    results_template_name = "consultation/desk/responses_results.html"
    page_title = _("归纳意见与采纳情况")
    columns = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="response"),
        RowColumn(
            "number",
            label=_("序号"),
            url_name="desk:response",
            get_title_id=lambda row: f"response_{row.pk}_title",
            classname="desk-short",
        ),
        Column("summary", label=_("归纳意见"), accessor=lambda row: row.summary[:80]),
        Column("size", label=_("意见条数")),
        Column(
            "outcome",
            label=_("采纳情况"),
            accessor=lambda row: row.get_outcome_display() or _("未办理"),
        ),
        Column("draft", label=_("草案"), accessor="draft.title", classname="desk-wide"),
        Column("decided_by", label=_("办理人"), accessor=decided_by, classname="desk-wide"),
        Column(
            "decided_at",
            label=_("办理日期"),
            accessor=day_decided,
            classname="desk-wide desk-short",
        ),
    ]

    def get_base_queryset(self) -> QuerySet[Response]:
        opinions = Opinion.objects.filter(response=OuterRef("pk")).order_by()
        size = opinions.values("response").annotate(n=Count("pk")).values("n")
        rows = responses_for(self.request.user, VIEW).select_related("draft", "decided_by")
        rows = rows.only(
            "number",
            "summary",
            "outcome",
            "decided_at",
            "draft__title",
            "decided_by__first_name",
            "decided_by__last_name",
            "decided_by__username",
        )
        return rows.annotate(size=Coalesce(Subquery(size), 0))

    def order_queryset(self, queryset: QuerySet[Response]) -> QuerySet[Response]:
        return queryset.order_by("-draft", "number")

    def search_queryset(self, queryset: QuerySet[Response]) -> QuerySet[Response]:
        return search_responses(queryset, self.search_query)

    @cached_property
    def draft(self) -> DecisionDraftPage | None:
        """The draft that the list is filtered by."""
        wanted = parse_id(self.request.GET.get("draft"))
        return drafts_for(self.request.user, VIEW).filter(pk=wanted or 0).first()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if self.draft is None:
            return []
        buttons = []
        if may(self.request.user, EXPORT, self.draft):
            address = f"{reverse('desk:export')}?draft={self.draft.pk}"
            buttons.append(HeaderButton(_("导出…"), url=address, icon_name="download"))
        if may(self.request.user, DECIDE, self.draft):
            address = reverse("desk:result", args=[self.draft.pk])
            buttons.append(HeaderButton(_("采纳情况反馈…"), url=address, icon_name="doc-full"))
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return []


class ResponseViewSet(DeskViewSet):
    """A response is decided on its own page, by the services."""

    model = Response
    name = "response"
    url_prefix = "responses"
    icon = "list-ul"
    menu_label = _("归纳意见")
    index_view_class = ResponseIndexView
    codenames = ("view_response", "change_response")
