"""Deciding several responses at once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from consultation.access import DECIDE, responses_for
from consultation.enums import Outcome
from consultation.forms.desk_bulk import SeenOutcomeForm
from consultation.forms.desk_filters import chosen_responses
from consultation.forms.desk_opinions import reason_templates
from consultation.models import Response
from consultation.services.responses import decide_responses
from publishing.ids import parse_ids
from publishing.unit_policy import unit_ids

LISTED = 20


class DecideResponses(BulkAction):
    """The same outcome and reason for several; what somebody changed meanwhile is left alone."""

    models = [Response]
    display_name = _("批量办理")
    aria_label = _("所选归纳意见用同样的理由办理")
    action_type = "decide"
    action_priority = 10
    template_name = "consultation/desk/bulk.html"
    form_class = SeenOutcomeForm
    explanation = _("下列归纳意见将有同样的采纳情况和理由；已经办理过的会被改写。")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if unit_ids(request.user, DECIDE) == frozenset():
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def chosen(self) -> list[Response]:
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            rows = chosen_responses(self.request, self.request.GET, DECIDE)
        else:
            rows = responses_for(self.request.user, DECIDE).filter(pk__in=parse_ids(ids))
        return list(rows.select_related("draft").order_by("draft", "number"))

    def get_initial(self) -> dict[str, Any]:
        return {"seen": ",".join(f"{row.pk}:{row.revision}" for row in self.chosen)}

    def get_form_kwargs(self) -> dict[str, Any]:
        drafts = {row.draft_id: row.draft for row in self.chosen}
        templates = reason_templates(drafts.popitem()[1]) if len(drafts) == 1 else None
        return {**super().get_form_kwargs(), "templates": templates}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.get_form())
        return {
            "view": self,
            "title": self.display_name,
            "explanation": self.explanation,
            "count": len(self.chosen),
            "listed": self.chosen[:LISTED],
            "next": self.next_url,
            "submit_url": f"{self.request.path}?{self.request.META['QUERY_STRING']}",
            **kwargs,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        done, refused = decide_responses(
            seen=[(row, seen[row.pk]) for row in self.chosen if row.pk in seen],
            outcome=Outcome(form.cleaned_data["outcome"]),
            reason=form.cleaned_data["reason"],
            user=self.request.user,
        )
        for row, message in refused[:LISTED]:
            messages.error(self.request, f"归纳意见{row.number}没有办理：{message}")
        if len(refused) > LISTED:
            messages.error(self.request, f"共有{len(refused)}条归纳意见没有办理。")
        if done:
            messages.success(self.request, f"已办理{len(done)}条归纳意见。")
        return redirect(self.next_url)
