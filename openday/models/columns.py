from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable

from openday.enums import EventKind
from openday.models.event_list import next_turn
from publishing.models import ColumnPage, Unit


class EventIndexPage(RoutablePageMixin, ColumnPage):
    """The column of events: the yearly plan (年度计划), the calendar; below it the units'."""

    unit = models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("填写后，其下的活动默认由该单位主办。"),
    )

    page_description = _("放各单位活动的栏目，列出年度计划和全部活动。")
    content_panels = [
        *ColumnPage.content_panels,
        FieldPanel("unit"),
        InlinePanel("plan", label=_("年度计划")),
    ]
    parent_page_types = ["portal.HomePage", "openday.EventIndexPage"]
    subpage_types = ["openday.EventIndexPage", "openday.EventPage"]

    class Meta:
        verbose_name = _("活动栏目")
        verbose_name_plural = _("活动栏目")

    @path("")
    def show(self, request: HttpRequest) -> HttpResponse:
        return self._view("list_events", request)

    @path("calendar/")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        return self._view("event_calendar", request)

    @path("feed/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return self._view("event_feed", request)

    def _view(self, name: str, request: HttpRequest, *args: Any) -> HttpResponse:
        from openday.views import public  # noqa: PLC0415 - a page hands over to its views

        return self.let_caches_keep(request, getattr(public, name)(request, self, *args))

    def next_turn(self) -> datetime | None:
        """The next moment at which the list changes by the clock alone."""
        return next_turn(self)


class PlannedEvent(Orderable):
    """One line of the yearly plan: what is to take place, announced long before its page."""

    page = ParentalKey(EventIndexPage, on_delete=models.CASCADE, related_name="plan")
    year = models.PositiveSmallIntegerField(
        _("年份"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    month = models.PositiveSmallIntegerField(
        _("月份"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    kind = models.CharField(_("活动类型"), max_length=12, choices=EventKind)
    theme = models.CharField(_("主题"), max_length=120)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("主办单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    event = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("活动页面"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("公告发布后选上，计划里就能点开。"),
    )

    panels = [
        FieldRowPanel([FieldPanel("year"), FieldPanel("month"), FieldPanel("kind")]),
        FieldPanel("theme"),
        FieldPanel("unit"),
        PageChooserPanel("event", ["openday.EventPage"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("年度计划")
        verbose_name_plural = _("年度计划")

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月 {self.theme}"
