"""Panels of the page editor that every gated page can use."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import Panel

from publishing.review.guarding import is_reviewable, open_finds


class MissingPanel(Panel):
    """Names what is still missing before the page may be published (rule D2).

    What else decides how it may go public, features say by the hook ``register_publish_advice``, a
    function of the page that returns sentences in Chinese.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(heading=kwargs.pop("heading", _("发布前检查")), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/panels/missing.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            tabs = type(self.instance).get_edit_handler()
            found = self.instance.publish_blockers()
            return context | {
                "blockers": [(tab_of(tabs, blocker.field), blocker.message) for blocker in found],
                "finds": open_finds(self.instance) if is_reviewable(self.instance) else [],
                "advice": [
                    words
                    for ask in hooks.get_hooks("register_publish_advice")
                    for words in ask(self.instance)
                ],
            }


def tab_of(tabs: Any, field: str) -> str:
    """The heading of the editor's tab on which the field or child relation stands; "" if none, or
    for the title, to which belongs what no field mends."""
    if field == "title":
        return ""
    headings = (tab.heading for tab in tabs.children if _holds(tab, field))
    return str(next(headings, ""))


def _holds(panel: Any, field: str) -> bool:
    names = (getattr(panel, "field_name", None), getattr(panel, "relation_name", None))
    return field in names or any(_holds(child, field) for child in getattr(panel, "children", ()))


class ImportPanel(Panel):
    """Leads from a page with a body of clauses to the import of a document."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(heading=kwargs.pop("heading", _("导入文档")), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/panels/import.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if not self.instance.pk:
                return context
            tester = self.instance.permissions_for_user(self.request.user)
            context["is_locked"] = tester.page_locked()
            if not context["is_locked"]:
                context["import_url"] = reverse("publishing_import", args=[self.instance.pk])
            return context
