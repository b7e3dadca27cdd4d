"""What can be done with many registrations at once: each by itself, its outcome told."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from openday.access import DECIDE, registrations_for
from openday.enums import State
from openday.forms.desk_filters import chosen_registrations
from openday.forms.desk_registrations import PinnedRejectForm, PinnedRevokeForm
from openday.models import Registration, RegistrationQuerySet
from openday.services.deciding import Outcome, approve_many, reject_many, revoke_many
from publishing.desk_bulk import DeskBulkAction


class RegistrationBulkAction(DeskBulkAction):
    models = [Registration]
    permission = DECIDE
    icon = "group"
    called = _("所选报名")
    counter = _("人")
    left_counter = _("项")
    states: tuple[str, ...] = (State.PENDING,)
    unfit = "不是待审核"

    def own_rows(self) -> RegistrationQuerySet:
        return registrations_for(self.request.user, self.permission)

    def listed_rows(self) -> RegistrationQuerySet:
        return chosen_registrations(self.request, self.request.GET, self.permission)

    def arranged(self, rows: QuerySet[Registration]) -> QuerySet[Registration]:
        """Who came first first."""
        return rows.select_related("receipt", "contact", "group__audience").order_by("pk")

    def line(self, row: Registration) -> str:
        standing = f"{row.group.audience}，{row.get_state_display()}"
        return f"{row.receipt.number} {row.contact.masked_name}（{standing}）"

    def obstacle(self, row: Registration) -> str:
        if row.state in self.states:
            return ""
        return f"{row}现在是“{row.get_state_display()}”，{self.unfit}。"

    def form_valid(self, form: Any) -> HttpResponse:
        outcomes = self.carry_out(form.cleaned_data)
        refused = [f"{one.registration}没有处理：{one.refusal}" for one in outcomes if one.refusal]
        done = Counter(one.registration.get_state_display() for one in outcomes if not one.refusal)
        told = "，".join(f"{label}{count}人" for label, count in done.items())
        return self.finish(
            f"处理完毕：{told}。" if told else "",
            refused,
            f"共有{len(refused)}项报名没有处理。",
        )

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
