"""Deciding several responses at once."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from consultation.access import DECIDE, responses_for
from consultation.enums import Outcome
from consultation.forms.desk_bulk import SeenOutcomeForm
from consultation.forms.desk_filters import chosen_responses
from consultation.forms.desk_opinions import reason_templates
from consultation.models import Response
from consultation.services.responses import decide_responses
from publishing.desk_bulk import DeskBulkAction


class DecideResponses(DeskBulkAction):
    """The same outcome and reason for several; what somebody changed meanwhile is left alone."""

    models = [Response]
    permission = DECIDE
    icon = "comment"
    display_name = _("批量办理")
    aria_label = _("所选归纳意见用同样的理由办理")
    action_type = "decide"
    action_priority = 10
    form_class = SeenOutcomeForm
    explanation = _("下列归纳意见将有同样的采纳情况和理由；已经办理过的会被改写。")

    def own_rows(self) -> QuerySet[Response]:
        return responses_for(self.request.user, self.permission)

    def listed_rows(self) -> QuerySet[Response]:
        return chosen_responses(self.request, self.request.GET, self.permission)

    def arranged(self, rows: QuerySet[Response]) -> QuerySet[Response]:
        return rows.select_related("draft").order_by("draft", "number")

    def line(self, row: Response) -> str:
        now = f"（现为：{row.get_outcome_display()}）" if row.outcome else ""
        return f"{row.number}. {Truncator(row.summary).chars(70)}{now}"

    def get_initial(self) -> dict[str, Any]:
        """The revisions pin what was chosen."""
        return {"seen": ",".join(f"{row.pk}:{row.revision}" for row in self.chosen)}

    def get_form_kwargs(self) -> dict[str, Any]:
        drafts = {row.draft_id: row.draft for row in self.chosen}
        templates = reason_templates(drafts.popitem()[1]) if len(drafts) == 1 else None
        return {**super().get_form_kwargs(), "templates": templates}

    def form_valid(self, form: Any) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        done, refused = decide_responses(
            seen=[(row, seen[row.pk]) for row in self.chosen if row.pk in seen],
            outcome=Outcome(form.cleaned_data["outcome"]),
            reason=form.cleaned_data["reason"],
            user=self.request.user,
        )
        return self.finish(
            f"已办理{len(done)}条归纳意见。" if done else "",
            [f"归纳意见{row.number}没有办理：{message}" for row, message in refused],
            f"共有{len(refused)}条归纳意见没有办理。",
        )
