"""同步发布: the joint releases of the user's units."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from interpretations.bundle_access import ADD, VIEW, bundles_for
from interpretations.forms.bundles import BundleFilterSet
from interpretations.models import ReleaseBundle
from publishing.desk_list import DeskIndexView, DeskViewSet
from publishing.listing import RowColumn
from publishing.unit_policy import unit_ids


def state_of(bundle: ReleaseBundle) -> str:
    words = str(bundle.get_state_display())
    return f"{words}（到时间没有发布成功）" if bundle.failure else words


def time_of(bundle: ReleaseBundle) -> str:
    """When it went public, or will."""
    at = bundle.published_at or bundle.publish_at
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "未定"


class BundleIndexView(DeskIndexView):
    any_permission_required = ["view"]
    filterset_class = BundleFilterSet
    results_template_name = "interpretations/desk_bundles/results.html"
    page_title = _("同步发布")
    columns = [
        RowColumn("title", label=_("名称"), url_name="bundles:show", accessor="title"),
        Column("state", label=_("状态"), accessor=state_of),
        Column(
            "pages",
            label=_("页面"),
            accessor=lambda row: f"{row.size}个",
            classname="desk-wide desk-short",
        ),
        Column("time", label=_("发布时间"), accessor=time_of, classname="desk-wide desk-short"),
        Column("unit", label=_("单位"), accessor="unit", classname="desk-wide"),
    ]

    def get_base_queryset(self) -> QuerySet[ReleaseBundle]:
        return bundles_for(self.request.user, VIEW).annotate(size=Count("members"))

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return (
            queryset.filter(title__icontains=self.search_query) if self.search_query else queryset
        )

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if unit_ids(self.request.user, ADD) == frozenset():
            return []
        return [HeaderButton(_("新建同步发布"), url=reverse("bundles:new"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return []


class BundleViewSet(DeskViewSet):
    """A release is changed by its services alone."""

    model = ReleaseBundle
    name = "release_bundle"
    url_prefix = "bundles"
    icon = "link"
    menu_label = _("同步发布")
    menu_order = 170
    add_to_admin_menu = True
    index_view_class = BundleIndexView
    ordering = "-pk"
    codenames = (
        *("view_releasebundle", "add_releasebundle", "change_releasebundle"),
        "publish_releasebundle",
    )

    def screen_of(self, row: ReleaseBundle, user: Any) -> str | None:
        visible = bundles_for(user, VIEW).filter(pk=row.pk).exists()
        return reverse("bundles:show", args=[row.pk]) if visible else None
