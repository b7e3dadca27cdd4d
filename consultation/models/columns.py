from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from consultation.enums import Phase
from consultation.models.draft_list import filled, public_drafts, soonest_first
from consultation.periods import closes_at
from publishing.models import ColumnPage, Unit

PAGE_SIZE = 12


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

    page_description = _("放各单位草案的栏目；群众在这里看到全部草案。")
    content_panels = [*ColumnPage.content_panels, FieldPanel("unit")]
    parent_page_types = ["portal.HomePage", "consultation.DecisionIndexPage"]
    subpage_types = ["consultation.DecisionIndexPage", "consultation.DecisionDraftPage"]

    class Meta:
        verbose_name = _("决策草案栏目")
        verbose_name_plural = _("决策草案栏目")

    def next_turn(self) -> datetime:
        """The phases and the days that are left change at midnight."""
        return closes_at(timezone.localdate())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        drafts = public_drafts(self, context["profile"])
        wanted = request.GET.get("phase", "")
        if wanted in Phase.values:
            drafts = drafts.filter(stage=wanted)
        listed = Paginator(soonest_first(drafts), PAGE_SIZE).get_page(request.GET.get("page"))
        return context | {
            "drafts": filled(listed, context["profile"]),
            "listed": listed,
            "numbers": listed.paginator.get_elided_page_range(listed.number),
            "query": urlencode({"phase": wanted}) if wanted in Phase.values else "",
            "phases": Phase,
            "wanted_phase": wanted,
        }
