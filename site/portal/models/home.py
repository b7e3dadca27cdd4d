from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from consultation.periods import closes_at
from openday.models.event_list import next_turn
from portal.overview import home_overview
from publishing.models import BasePage, ColumnPage


class HomePage(ColumnPage):
    """The front page of one township's site: what is open now, what was answered, where to go."""

    page_description = _("一个站点的首页，列出正在征集和最近反馈的草案。")
    max_count_per_parent = None
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("首页")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | home_overview(self, context["profile"])

    def next_turn(self) -> datetime:
        """The days that are left change at midnight, events to the minute."""
        midnight = closes_at(timezone.localdate())
        turn = next_turn(self)
        return min(midnight, turn) if turn else midnight


class InformationPage(BasePage):
    """A plain page of text: about the platform, the privacy notice, how to take part."""

    introduction = models.CharField(_("摘要"), max_length=200, blank=True)
    body = RichTextField(
        _("正文"), features=["h2", "h3", "bold", "ol", "ul", "link", "document-link"]
    )

    page_description = _("一页文字，如“关于本平台”“怎样提意见”。")
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("普通页面")
