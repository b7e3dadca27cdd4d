from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from consultation.enums import Phase
from consultation.models.draft_page import DecisionDraftPage
from publishing.models import ColumnPage, Unit


class DecisionIndexPage(ColumnPage):
    """The column of drafts: one for the whole site, and below it one for each unit.

    A unit's column gives its editors their permissions; readers see all drafts on the site's.
    """

    unit = models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("填写后，其下的草案默认由该单位办理。"),
    )

    content_panels = [*ColumnPage.content_panels, FieldPanel("unit")]
    parent_page_types = ["portal.HomePage", "consultation.DecisionIndexPage"]
    subpage_types = ["consultation.DecisionIndexPage", "consultation.DecisionDraftPage"]

    class Meta:
        verbose_name = _("决策草案栏目")
        verbose_name_plural = _("决策草案栏目")

    def drafts(self) -> models.QuerySet[DecisionDraftPage]:
        """All public drafts below this column, those that closed last first."""
        below = DecisionDraftPage.objects.descendant_of(self).live().public()
        return below.select_related("unit").order_by("-closing_day", "-pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        wanted = request.GET.get("phase", "")
        drafts = list(self.drafts())
        if wanted in Phase.values:
            drafts = [draft for draft in drafts if draft.phase == wanted]
        return context | {"drafts": drafts, "phases": Phase, "wanted_phase": wanted}
