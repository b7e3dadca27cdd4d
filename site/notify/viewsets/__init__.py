from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from notify.models import Message
from notify.viewsets.bulk import PhonedBulkAction
from notify.viewsets.call import CallView, RevealView, UndoView
from notify.viewsets.listing import CallListFilterSet, CallListView
from notify.viewsets.printing import PrintView
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known

__all__ = ["CallListViewSet", "PhonedBulkAction"]


class CallListViewSet(ModelViewSet):
    """电话告知: whom no message could reach, by unit. Messages are made by the program alone.

    Only the addresses named here exist: generic views to add, edit, delete, copy and inspect
    would not know of units (stack.md 8).
    """

    model = Message
    name = "call_list"
    url_prefix = "calls"
    icon = "mobile-alt"
    menu_label = _("电话告知")
    menu_order = 151
    add_to_admin_menu = True
    add_to_reference_index = False
    form_fields = ["phone_note"]
    index_view_class = CallListView
    filterset_class = CallListFilterSet
    index_template_name = "notify/call_list.html"
    copy_view_enabled = False
    list_per_page = 50

    def get_urlpatterns(self) -> list[Any]:
        call = {
            "call_url_name": self.get_url_name("edit"),
            "index_url_name": self.get_url_name("index"),
            "reveal_url_name": self.get_url_name("reveal"),
            "undo_url_name": self.get_url_name("undo"),
        }
        printing = PrintView.as_view(index_url_name=call["index_url_name"])
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("print/", printing, name="print"),
            path("<id:pk>/", CallView.as_view(**call), name="edit"),
            path("<id:pk>/reveal/", RevealView.as_view(**call), name="reveal"),
            path("<id:pk>/undo/", UndoView.as_view(**call), name="undo"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Without the names of the views that don't exist here."""
        common = super().get_common_view_kwargs(**kwargs)
        names = ("add", "edit", "delete", "history", "usage", "inspect", "copy", "reorder")
        gone = {f"{name}_url_name" for name in names}
        return {key: value for key, value in common.items() if key not in gone}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        more = {
            "call_url_name": self.get_url_name("edit"),
            "print_url_name": self.get_url_name("print"),
        }
        return super().get_index_view_kwargs(**{**more, **kwargs})
