"""意见办理: the register of opinions in the admin, by unit."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.widgets.button import Button, HeaderButton

from consultation.access import ENTER, EXPORT, VIEW, opinions_for
from consultation.forms.desk_filters import OpinionFilterSet, search
from consultation.models import Opinion
from publishing.desk_list import DeskIndexView, DeskViewSet
from publishing.listing import RowColumn, list_query
from publishing.unit_policy import unit_ids

SHOWN = 70


def beginning(opinion: Opinion) -> str:
    """As much of the text as a row shows."""
    line = " ".join(opinion.text.split())
    return f"{line[:SHOWN]}…" if len(line) > SHOWN else line


def outcome_of(opinion: Opinion) -> str:
    """The outcome, or that there is none yet."""
    response = opinion.response
    return response.get_outcome_display() if response and response.outcome else ""


def stage_of(opinion: Opinion) -> str:
    """Where it stands, and whether somebody must first look whether a person sent it."""
    held = _("（需人工核验）") if opinion.submission.held_for_review else ""
    return f"{opinion.stage}{held}"


def received(opinion: Opinion) -> str:
    """The day, short."""
    return opinion.submission.received_on.isoformat()


class OpinionIndexView(DeskIndexView):
    """The list. As quick with 100,000 opinions as with 100: see ``DeskPaginator``."""

    any_permission_required = ["view"]
    filterset_class = OpinionFilterSet
    results_template_name = "consultation/desk/opinions_results.html"
    page_title = _("意见办理")
    columns = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="opinion"),
        RowColumn(
            "number",
            label=_("编号"),
            url_name="desk:opinion",
            accessor=lambda opinion: f"{opinion.number}号",
            get_title_id=lambda opinion: f"opinion_{opinion.pk}_title",
            classname="desk-short",
            sort_key="pk",
        ),
        Column("text", label=_("意见内容"), accessor=beginning),
        Column("clause_name", label=_("条款"), classname="desk-wide"),
        Column("draft", label=_("草案"), accessor="draft.title", classname="desk-wide"),
        Column(
            "channel",
            label=_("渠道"),
            accessor="submission.get_channel_display",
            classname="desk-wide desk-short",
        ),
        Column("stage", label=_("状态"), accessor=stage_of, classname="desk-fits"),
        Column(
            "outcome", label=_("采纳情况"), accessor=outcome_of, classname="desk-wide desk-short"
        ),
        Column(
            "received_on", label=_("收到日期"), accessor=received, classname="desk-wide desk-short"
        ),
    ]

    def get_base_queryset(self) -> QuerySet[Opinion]:
        related = ("draft", "clause", "submission", "response")
        rows = opinions_for(self.request.user, VIEW).select_related(*related)
        return rows.only(
            "number",
            "text",
            "review",
            "split_at",
            "undone_at",
            "withdrawn_at",
            "draft__title",
            "clause__label",
            "clause__heading",
            "clause__text",
            "clause__removed_in",
            "submission__channel",
            "submission__received_on",
            "submission__held_for_review",
            "response__outcome",
        )

    def search_queryset(self, queryset: QuerySet[Opinion]) -> QuerySet[Opinion]:
        return search(queryset, self.search_query)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if unit_ids(self.request.user, ENTER) == frozenset():
            return []
        return [HeaderButton(_("登记意见"), url=reverse("desk:enter"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        responses = Button(
            _("归纳意见与采纳情况"), url=reverse("response:index"), icon_name="list-ul", priority=10
        )
        if unit_ids(self.request.user, EXPORT) == frozenset():
            return [responses]
        address = f"{reverse('desk:export')}?{list_query(self.request)}"
        export = Button(_("导出…"), url=address, icon_name="download", priority=20)
        return [responses, export]


class OpinionViewSet(DeskViewSet):
    """An opinion is never edited or deleted; what is done with it, services do."""

    model = Opinion
    name = "opinion"
    url_prefix = "opinions"
    icon = "comment"
    menu_label = _("意见办理")
    index_view_class = OpinionIndexView
    ordering = "-pk"
    codenames = ("view_opinion", "change_opinion", "export_opinion", "add_submission")

    def screen_of(self, row: Opinion, user: Any) -> str | None:
        visible = opinions_for(user, VIEW).filter(pk=row.pk).exists()
        return reverse("desk:opinion", args=[row.pk]) if visible else None
