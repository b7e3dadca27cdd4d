"""What the features' lists of the desk have in common. Rows are opened, changed and exported
elsewhere: by pages of the feature's views that ask for the unit, mask, and log."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from publishing.desk_paginator import DeskPaginator


class DeskIndexView(generic.IndexView):
    """A list whose last page is as quick as its first, and whose filters never widen it."""

    template_name = "publishing/desk_list.html"
    paginator_class = DeskPaginator
    is_searchable = True

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Wagtail's own export would neither mask nor log.
        self.is_export = False

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        words = f"选择列表中的全部{self.model._meta.verbose_name}"
        return super().get_context_data(*args, **kwargs) | {"select_all": words}

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """As Wagtail's, but what makes no sense finds nothing, instead of all."""
        if self.filters and not self.filters.is_valid():
            return queryset.none()
        return super().filter_queryset(queryset)


class DeskUrlFinder:
    """What Wagtail asks for a row's address, on behalf of a user."""

    screen_of: Callable[[Any, Any], str | None]

    def __init__(self, user: Any = None) -> None:
        self.user = user

    def get_edit_url(self, instance: Any) -> str | None:
        return self.screen_of(instance, self.user)


class DeskViewSet(ModelViewSet):
    """Only the list, without Wagtail's views for single rows.

    ``codenames``: the permissions that administrators can give to groups.
    """

    list_per_page = 40
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    codenames: tuple[str, ...] = ()

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The view's own declarations stand."""
        declared = super().get_index_view_kwargs(**kwargs)
        own = ("template_name", "results_template_name", "filterset_class", "search_fields")
        return {name: value for name, value in declared.items() if name not in own}

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Without the names of addresses that are not there."""
        known = super().get_common_view_kwargs(**kwargs)
        return {
            name: value
            for name, value in known.items()
            if not name.endswith("_url_name") or name.startswith("index_")
        }

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.filter(
            content_type__app_label=self.model._meta.app_label, codename__in=self.codenames
        )

    def screen_of(self, row: Any, user: Any) -> str | None:
        """Where the audit trail links a row to; None: nowhere, or the user may not see it."""
        return None

    def register_admin_url_finder(self) -> None:
        """In place of Wagtail's form for a row."""
        finder = type(
            "DeskUrlFinder", (DeskUrlFinder,), {"screen_of": staticmethod(self.screen_of)}
        )
        register_admin_url_finder(self.model, finder)
