from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from consultation import result_gate
from consultation.models.draft_page import DecisionDraftPage
from publishing.gates import Blocker
from publishing.models import BasePage
from publishing.panels import MissingPanel


class AdoptionResultPage(BasePage):
    """意见采纳情况反馈: the published result, child of its draft (rules D7, D8, D11).

    ``figures``: counts by ``Outcome`` value plus ``received`` and ``withdrawn``; ``table``: list of
    rows, see ``consultation.services.results``. Both are frozen when it is first published.
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
    figures = models.JSONField(null=True, blank=True, editable=False)
    table = models.JSONField(null=True, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("公布时间"), null=True, blank=True, editable=False)

    content_panels = [
        *Page.content_panels,
        MissingPanel(),
        FieldPanel("introduction"),
        FieldPanel("outreach"),
        PageChooserPanel("final_page"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("outreach"),
    ]
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

    def went_live(self) -> None:
        from consultation.services import results  # noqa: PLC0415 - a page hands over to a service

        results.record_result(result=self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from consultation.services import results  # noqa: PLC0415 - the preview computes what is not frozen

        context = super().get_context(request, *args, **kwargs)
        return context | results.shown_result(result=self)
