from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from consultation import result_gate
from consultation.models.draft_page import DecisionDraftPage
from consultation.models.versions import ResultVersion
from notify.services import withdraw_messages_to
from publishing.gates import Blocker
from publishing.models import BasePage
from publishing.panels import MissingPanel

_ONE_DRAFT = "采纳情况反馈只属于它所办理的草案，"


class AdoptionResultPage(BasePage):
    """意见采纳情况反馈: the published result, child of its draft (rules D7, D8, D11).

    Figures and table are not the page's: publishing freezes them in a ``ResultVersion``, which no
    revision, copy or alias carries along.
    """

    introduction = RichTextField(_("说明"), blank=True, features=["bold", "ol", "ul", "link"])
    outreach = models.TextField(
        _("征集工作开展情况"),
        max_length=600,
        blank=True,
        help_text=_("为让群众知晓做了哪些工作，如张贴公告、入户告知、召开座谈会。"),
    )
    final_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("最终文件"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("决策正式印发后，选择政策文件页面。"),
    )

    page_description = _("草案征求意见的结果。请在草案上点“采纳情况反馈”生成，不必在这里新建。")
    content_panels = [
        *Page.content_panels,
        MissingPanel(),
        HelpPanel(heading=_("数字和汇总表"), template="consultation/desk/result_preview.html"),
        FieldPanel("introduction"),
        FieldPanel("outreach"),
        PageChooserPanel("final_page", [result_gate.FINAL_TEXT]),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("outreach"),
    ]
    reviewable = True
    gated_fields = ("title", "introduction", "outreach", "final_page")
    parent_page_types = ["consultation.DecisionDraftPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("意见采纳情况反馈")
        verbose_name_plural = _("意见采纳情况反馈")

    @property
    def draft(self) -> DecisionDraftPage:
        """The draft whose result this is."""
        return self.get_parent().specific

    def publish_blockers(self) -> list[Blocker]:
        return result_gate.missing(self)

    def obstacle_to_copying(self) -> str:
        return f"{_ONE_DRAFT}不能复制。要反馈别的草案，请在该草案上点“采纳情况反馈”。"

    def obstacle_to_alias(self) -> str:
        return f"{_ONE_DRAFT}不能建立别名。"

    def obstacle_to_moving(self) -> str:
        return f"{_ONE_DRAFT}不能移到别的草案下。"

    @cached_property
    def frozen(self) -> ResultVersion | None:
        """What was published last; None before the first time."""
        if self.pk is None:
            return None
        return max(self.versions.all(), key=lambda row: row.number, default=None)

    @property
    def figures(self) -> dict[str, int] | None:
        return self.frozen.figures if self.frozen else None

    @property
    def table(self) -> list[dict[str, Any]] | None:
        return self.frozen.table if self.frozen else None

    @property
    def frozen_at(self) -> datetime | None:
        return self.frozen.published_at if self.frozen else None

    def went_live(self, *, was_live: bool) -> None:
        from consultation.services import results  # noqa: PLC0415 - a page hands over to a service

        results.record_result(result=self, was_live=was_live)

    def went_off(self) -> None:
        """Who was not told of it yet is not told any more, by mail or by phone; what is published
        next is told them then."""
        withdraw_messages_to(contacts=self.draft.submissions.values("contact"), kind="result")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from consultation.services import results  # noqa: PLC0415 - the preview computes what is not frozen

        context = super().get_context(request, *args, **kwargs)
        return context | results.shown_result(result=self)
