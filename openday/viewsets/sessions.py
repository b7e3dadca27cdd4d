"""场次: the sessions of the user's units at a glance."""

from typing import Any

import django_filters
from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from openday.access import VIEW, sessions_for
from openday.desk_reading import glance
from openday.forms.desk_filters import PageFilter, events_with_sessions
from openday.models import Session
from publishing.desk_list import DeskIndexView, DeskViewSet
from publishing.desk_paginator import DeskPaginator

UPCOMING, OVER, CANCELLED = "upcoming", "over", "cancelled"


class SessionFilterSet(WagtailFilterSet):
    event = PageFilter(
        label=_("活动"),
        queryset=lambda request: events_with_sessions(request.user),
    )
    stage = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=[
            (UPCOMING, _("未结束")),
            (OVER, _("已结束")),
            (CANCELLED, _("已取消")),
        ],
        method="in_stage",
    )

    class Meta:
        model = Session
        fields: list[str] = []

    def in_stage(self, rows: Any, name: str, value: str) -> Any:
        if value == CANCELLED:
            return rows.filter(cancelled_at__isnull=False)
        standing = rows.standing()
        now = timezone.now()
        return (
            standing.filter(ends_at__lte=now) if value == OVER else standing.filter(ends_at__gt=now)
        )


class GlancePaginator(DeskPaginator):
    """A page of sessions, each with its figures, read for all of them at once."""

    def page(self, number: Any) -> Page:
        page = super().page(number)
        for row, seen in zip(page.object_list, glance(page.object_list), strict=True):
            row.glance = seen
        return page


class SeatsColumn(Column):
    """Each group's bar with its figures in words."""

    cell_template_name = "openday/desk/session_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance.glance


class EventColumn(TitleColumn):
    """Leads to the event's sessions."""

    def get_link_url(self, instance: Any, parent_context: Any) -> str:
        return f"{reverse('seats:event', args=[instance.event_id])}#session-{instance.pk}"


class SessionIndexView(DeskIndexView):
    """The list; nearest start last in time first on the page."""

    any_permission_required = ["view"]
    is_searchable = False
    filterset_class = SessionFilterSet
    paginator_class = GlancePaginator
    template_name = "openday/desk/sessions.html"
    results_template_name = "openday/desk/sessions_results.html"
    page_title = _("场次")
    columns = [
        EventColumn(
            "name", label=_("场次"), accessor=str, url_name="seats:event", classname="seats-name"
        ),
        Column("stage", label=_("状态"), accessor="glance.stage", classname="desk-short"),
        SeatsColumn("seats", label=_("名额")),
    ]

    def get_base_queryset(self) -> QuerySet[Session]:
        return sessions_for(self.request.user, VIEW)

    @cached_property
    def header_buttons(self) -> list[Any]:
        return []

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return []


class SessionViewSet(DeskViewSet):
    """A session is set up on its event's page, by the services."""

    model = Session
    name = "session"
    url_prefix = "sessions"
    icon = "date"
    menu_label = _("场次")
    index_view_class = SessionIndexView
    ordering = "-starts_at"
    list_per_page = 20
    codenames = ("view_session", "change_session")

    def screen_of(self, row: Session, user: Any) -> str | None:
        visible = sessions_for(user, VIEW).filter(pk=row.pk).exists()
        return reverse("seats:event", args=[row.event_id]) if visible else None
