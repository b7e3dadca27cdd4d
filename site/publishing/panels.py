"""Panels of the page editor that every gated page can use."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class MissingPanel(Panel):
    """Names what is still missing before the page may be published (rule D2)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(heading=kwargs.pop("heading", _("发布前检查")), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/panels/missing.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"blockers": self.instance.publish_blockers()}


class ImportPanel(Panel):
    """Leads from a page with a body of clauses to the import of a document."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(heading=kwargs.pop("heading", _("导入文档")), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/panels/import.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk:
                context["import_url"] = reverse("publishing_import", args=[self.instance.pk])
            return context
