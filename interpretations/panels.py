"""Panels of the interpretation's editor."""

from typing import Any

from django.forms import Media
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class StalePanel(Panel):
    """What changed below the interpretation, old and new side by side; absent where nothing did.

    The button belongs to a form outside of the editor's (``wagtailadmin/pages/edit.html``).
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(heading=kwargs.pop("heading", _("内容待更新")), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "interpretations/stale/panel.html"
        media = Media(css={"all": ["publishing/desk.css"]})

        def is_shown(self) -> bool:
            return self.instance.pk is not None and self.instance.stale_items.waiting().exists()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            rows = self.instance.stale_items.waiting().select_related("page__unit", "subject")
            return context | {"items": rows}


class RatingsPanel(Panel):
    """How many readers found each public answer useful."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(heading=kwargs.pop("heading", _("问答评价")), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "interpretations/panels/ratings.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.instance.public_questions.exists())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            ratings = {row.anchor: row for row in self.instance.answer_ratings.all()}
            rows = [(row, ratings.get(row.anchor)) for row in self.instance.public_questions.all()]
            return context | {"rows": rows}
