"""Panels of the interpretations' editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


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
