"""What can be done with many registrations at once: each by itself, its outcome told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from openday.access import DECIDE, registrations_for
from openday.enums import State
from openday.forms.desk_filters import chosen_registrations
from openday.forms.desk_registrations import PinnedForm, PinnedRejectForm, PinnedRevokeForm
from openday.models import Registration
from openday.services.deciding import Outcome, approve_many, reject_many, revoke_many
from publishing.ids import parse_id, parse_ids
from publishing.unit_policy import unit_ids

LISTED = 20


class RegistrationBulkAction(BulkAction):
    """Works on the ticked rows, or on all that the list's filters show, of the user's units.

    Rows for which the step makes no sense are named before and left alone.
    """

    models = [Registration]
    template_name = "openday/desk/bulk.html"
    form_class = PinnedForm
    explanation: Any = ""
    states: tuple[str, ...] = (State.PENDING,)
    unfit = "不是待审核"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if unit_ids(request.user, DECIDE) == frozenset():
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def chosen(self) -> list[Registration]:
        """The rows, who came first first."""
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            rows = chosen_registrations(self.request, self.request.GET, DECIDE)
        else:
            rows = registrations_for(self.request.user, DECIDE).filter(pk__in=parse_ids(ids))
        upto = parse_id(self.request.POST.get("upto"))
        if upto is not None:
            rows = rows.filter(pk__lte=upto)
        return list(rows.select_related("receipt", "contact", "group__audience").order_by("pk"))

    @cached_property
    def able(self) -> list[Registration]:
        return [row for row in self.chosen if row.state in self.states]

    @cached_property
    def obstacles(self) -> list[str]:
        """Why the step can't be done with the others."""
        return [
            f"{row}现在是“{row.get_state_display()}”，{self.unfit}。"
            for row in self.chosen
            if row.state not in self.states
        ]

    def get_initial(self) -> dict[str, Any]:
        return {"upto": max((row.pk for row in self.chosen), default=0)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.get_form())
        return {
            "view": self,
            "title": self.display_name,
            "explanation": self.explanation,
            "count": len(self.able),
            "listed": self.able[:LISTED],
            "obstacles": self.obstacles[:LISTED],
            "obstacles_count": len(self.obstacles),
            "next": self.next_url,
            "submit_url": f"{self.request.path}?{self.request.META['QUERY_STRING']}",
            **kwargs,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        outcomes = self.carry_out(form.cleaned_data)
        done: dict[str, int] = {}
        refused = []
        for outcome in outcomes:
            if outcome.refusal:
                refused.append(f"{outcome.registration}没有处理：{outcome.refusal}")
                continue
            label = outcome.registration.get_state_display()
            done[label] = done.get(label, 0) + 1
        for words in refused[:LISTED]:
            messages.error(self.request, words)
        if len(refused) > LISTED:
            messages.error(self.request, f"共有{len(refused)}项报名没有处理。")
        if done:
            told = "，".join(f"{label}{count}人" for label, count in done.items())
            messages.success(self.request, f"处理完毕：{told}。")
        return redirect(self.next_url)

    def carry_out(self, typed: dict[str, Any]) -> list[Outcome]:
        """Do it, one by one."""
        raise NotImplementedError


class ApproveRegistrations(RegistrationBulkAction):
    display_name = _("审核通过")
    aria_label = _("所选报名审核通过")
    action_type = "approve"
    action_priority = 10
    explanation = _("下列报名将按报名先后通过：有名额的确认席位，没有名额的转入候补，并告知本人。")

    def carry_out(self, typed: dict[str, Any]) -> list[Outcome]:
        return approve_many(registrations=self.able, user=self.request.user)


class RejectRegistrations(RegistrationBulkAction):
    display_name = _("不通过")
    aria_label = _("所选报名不通过")
    action_type = "reject"
    action_priority = 20
    form_class = PinnedRejectForm
    explanation = _("下列报名将不予通过，理由会告知每位本人。")

    def carry_out(self, typed: dict[str, Any]) -> list[Outcome]:
        reason = typed["reason"]
        return reject_many(registrations=self.able, user=self.request.user, reason=reason)


class RevokeRegistrations(RegistrationBulkAction):
    display_name = _("撤销报名")
    aria_label = _("撤销所选报名")
    action_type = "revoke"
    action_priority = 30
    form_class = PinnedRevokeForm
    states = (State.PENDING, State.IN_DRAW, State.WAITLISTED, State.OFFERED, State.CONFIRMED)
    unfit = "不能撤销"
    explanation = _("下列报名将被撤销，理由会告知每位本人；空出的名额由候补递补。")

    def carry_out(self, typed: dict[str, Any]) -> list[Outcome]:
        reason = typed["reason"]
        return revoke_many(registrations=self.able, user=self.request.user, reason=reason)


REGISTRATION_ACTIONS = [ApproveRegistrations, RejectRegistrations, RevokeRegistrations]
