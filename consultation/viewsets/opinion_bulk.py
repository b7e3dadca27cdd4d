"""What can be done with many opinions at once. Each step is the service that does it for one."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from consultation.access import CHANGE, DECIDE, opinions_for
from consultation.enums import Outcome, Review
from consultation.forms.desk_bulk import PinnedGroupForm, PinnedOutcomeForm, PinnedWithholdForm
from consultation.forms.desk_filters import chosen_opinions
from consultation.forms.desk_opinions import reason_templates
from consultation.models import DecisionDraftPage, Opinion, OpinionQuerySet
from consultation.services.opinions import OpinionRefused, review_opinions
from consultation.services.responses import (
    ResponseRefused,
    decide_opinions,
    group_opinions,
    obstacle_to_grouping,
    ungroup_opinions,
)
from publishing.desk_bulk import DeskBulkAction


class OpinionBulkAction(DeskBulkAction):
    models = [Opinion]
    permission = CHANGE
    icon = "comment"

    def own_rows(self) -> OpinionQuerySet:
        return opinions_for(self.request.user, self.permission)

    def listed_rows(self) -> OpinionQuerySet:
        return chosen_opinions(self.request, self.request.GET, self.permission)

    def arranged(self, rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
        """By number; each fetched without what the step doesn't need."""
        return rows.order_by("draft", "number").defer("text")

    def shown(self, rows: list[Opinion]) -> QuerySet[Opinion]:
        listed = [row.pk for row in rows]
        return Opinion.objects.filter(pk__in=listed).order_by("draft", "number")

    def line(self, row: Opinion) -> str:
        return f"{row.number}号 {Truncator(row.text).chars(70)}"

    @cached_property
    def draft(self) -> DecisionDraftPage | None:
        """The draft of the rows, if it is the same for all of them."""
        drafts = {row.draft_id for row in self.able}
        return DecisionDraftPage.objects.get(pk=drafts.pop()) if len(drafts) == 1 else None

    def obstacle(self, row: Opinion) -> str:
        if row.split_at or row.undone_at or row.withdrawn_at:
            return f"{row}现在是“{row.stage}”，不需要处理。"
        return ""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            told = self.carry_out(form.cleaned_data)
        except (OpinionRefused, ResponseRefused) as refusal:
            form.add_error(None, refusal.message)
            return self.form_invalid(form)
        left = f"；另有{len(self.obstacles)}条没有处理" if self.obstacles else ""
        return self.finish(f"{told}{left}。")

    def carry_out(self, typed: dict[str, Any]) -> str:
        """Do it; returns what was done, in Chinese."""
        raise NotImplementedError


class ReviewOpinions(OpinionBulkAction):
    display_name = _("审核通过")
    aria_label = _("所选意见审核通过")
    action_type = "review"
    action_priority = 10
    explanation = _("下列意见将设为“已审核”。")

    def carry_out(self, typed: dict[str, Any]) -> str:
        done = review_opinions(opinions=self.able, review=Review.REVIEWED, user=self.request.user)
        return f"已审核通过{len(done)}条意见"


class WithholdOpinions(OpinionBulkAction):
    display_name = _("不予公开")
    aria_label = _("所选意见不予公开")
    action_type = "withhold"
    action_priority = 20
    form_class = PinnedWithholdForm
    explanation = _("下列意见的内容将不予公开；它们仍然计数，仍须办理。")

    def carry_out(self, typed: dict[str, Any]) -> str:
        done = review_opinions(
            opinions=self.able,
            review=Review.WITHHELD,
            user=self.request.user,
            note=typed["note"],
        )
        return f"已将{len(done)}条意见设为不予公开"


class UnreviewOpinions(OpinionBulkAction):
    """Undoes the two above."""

    display_name = _("退回待审核")
    aria_label = _("把所选意见退回待审核")
    action_type = "unreview"
    action_priority = 60
    explanation = _("下列意见将退回“待审核”，不予公开的理由随之清除。")

    def obstacle(self, row: Opinion) -> str:
        if row.response_id:
            return f"{row}已经归入归纳意见，请先移出。"
        return f"{row}还没有审核。" if row.review == Review.PENDING else super().obstacle(row)

    def carry_out(self, typed: dict[str, Any]) -> str:
        done = review_opinions(opinions=self.able, review=Review.PENDING, user=self.request.user)
        return f"已将{len(done)}条意见退回待审核"


class GroupOpinions(OpinionBulkAction):
    display_name = _("归纳为一条")
    aria_label = _("把所选意见归纳为一条")
    action_type = "group"
    action_priority = 30
    permission = DECIDE
    form_class = PinnedGroupForm
    explanation = _("下列意见说的是同一件事，将归入一条归纳意见，一并办理。")

    def obstacle(self, row: Opinion) -> str:
        return obstacle_to_grouping(row)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "draft": self.draft}

    def carry_out(self, typed: dict[str, Any]) -> str:
        response = group_opinions(
            opinions=self.able,
            user=self.request.user,
            response=typed["response"],
            summary=typed["summary"],
        )
        return f"已把{len(self.able)}条意见归入归纳意见{response.number}"


class DecideOpinions(OpinionBulkAction):
    display_name = _("逐条办理")
    aria_label = _("所选意见用同样的理由逐条办理")
    action_type = "decide"
    action_priority = 40
    permission = DECIDE
    form_class = PinnedOutcomeForm
    explanation = _("下列意见各不相同，但采纳情况和理由相同：每条意见各成一条归纳意见。")

    def obstacle(self, row: Opinion) -> str:
        return obstacle_to_grouping(row)

    def get_form_kwargs(self) -> dict[str, Any]:
        templates = reason_templates(self.draft) if self.draft else None
        return {**super().get_form_kwargs(), "templates": templates}

    def carry_out(self, typed: dict[str, Any]) -> str:
        done = decide_opinions(
            opinions=self.able,
            outcome=Outcome(typed["outcome"]),
            reason=typed["reason"],
            user=self.request.user,
        )
        return f"已办理{len(done)}条意见"


class UngroupOpinions(OpinionBulkAction):
    display_name = _("移出归纳")
    aria_label = _("把所选意见移出归纳意见")
    action_type = "ungroup"
    action_priority = 50
    permission = DECIDE
    explanation = _(
        "下列意见将移出所在的归纳意见，重新待办理；没有意见且未办理的归纳意见随之删除。"
    )

    def obstacle(self, row: Opinion) -> str:
        return "" if row.response_id else f"{row}没有归入归纳意见。"

    def carry_out(self, typed: dict[str, Any]) -> str:
        done = ungroup_opinions(opinions=self.able, user=self.request.user)
        return f"已移出{len(done)}条意见"


OPINION_ACTIONS = [
    ReviewOpinions,
    WithholdOpinions,
    GroupOpinions,
    DecideOpinions,
    UngroupOpinions,
    UnreviewOpinions,
]
