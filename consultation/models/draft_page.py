from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from consultation import draft_gate
from consultation.enums import Category, Phase
from consultation.periods import closes_at, opens_at
from publishing.clauses.blocks import ClauseStreamBlock
from publishing.gates import Blocker
from publishing.holidays import add_workdays
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known
from publishing.models import BasePage, ClausePage, SiteProfile, Unit
from publishing.page_form import UnitPageForm
from publishing.panels import ImportPanel, MissingPanel

if TYPE_CHECKING:
    from consultation.models.result_page import AdoptionResultPage


class DecisionDraftPage(RoutablePageMixin, ClausePage, BasePage):
    """决策草案（征求意见）: one draft put to the public (rules D1–D5, D9, C1, C2)."""

    summary = models.TextField(_("内容提要"), max_length=300, blank=True)
    category = models.CharField(
        _("决策事项类别"), max_length=12, choices=Category.choices, blank=True
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("承办单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="drafts",
    )
    opening_day = models.DateField(_("开始日期"), null=True, blank=True)
    closing_day = models.DateField(_("截止日期"), null=True, blank=True)
    short_period_reason = models.TextField(_("期限较短的理由"), max_length=300, blank=True)
    extension_reason = models.TextField(_("延期理由"), max_length=300, blank=True)
    explanation = RichTextField(
        _("起草说明"), blank=True, features=["h3", "bold", "ol", "ul", "link", "document-link"]
    )
    body = StreamField(ClauseStreamBlock(), verbose_name=_("草案正文"), blank=True)

    page_description = _("公开征求意见的决策草案：正文、依据、期限和反馈途径。")
    clause_name, clause_mark = _("可提意见的条款"), _("可提意见")
    text_panels = [
        *Page.content_panels,
        MissingPanel(),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("unit")]),
        ImportPanel(),
        FieldPanel("body"),
        InlinePanel("attachments", label=_("附件")),
    ]
    disclosure_panels = [
        FieldPanel("explanation"),
        InlinePanel("interpretations", label=_("相关解读")),
        InlinePanel("basis", label=_("决策依据")),
        InlinePanel("ways", label=_("反馈途径")),
        InlinePanel("contacts", label=_("联系方式")),
    ]
    period_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opening_day"), FieldPanel("closing_day")]),
                FieldPanel(
                    "short_period_reason",
                    help_text=_(
                        "期限短于规定日数（一般为30日，见“网站信息与期限”）时必填，将在页面上公布。"
                    ),
                ),
                FieldPanel(
                    "extension_reason", help_text=_("延长已开始的征集时必填，将在页面上公布。")
                ),
            ],
            heading=_("征求意见期限"),
            help_text=_("期限自开始日期的次日起计算；开始后只能延长，不能缩短。"),
        )
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(text_panels, heading=_("草案")),
            ObjectList(disclosure_panels, heading=_("依据与说明")),
            ObjectList(period_panels, heading=_("期限")),
            ObjectList(BasePage.promote_panels, heading=_("推广")),
            ObjectList(Page.settings_panels, heading=_("设置")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("explanation"),
        index.SearchField("body"),
        index.FilterField("unit"),
        index.FilterField("closing_day"),
    ]
    reviewable = True
    gated_fields = (
        *("title", "category", "unit", "explanation", "body"),
        *("opening_day", "closing_day", "short_period_reason", "extension_reason"),
        *("basis", "ways", "contacts", "attachments", "interpretations"),
    )
    # What belongs to one life: a copy is a new draft with a period of its own.
    exclude_fields_in_copy = [
        *("opening_day", "closing_day", "short_period_reason", "extension_reason"),
        *("first_published_at", "last_published_at", "live_revision", "go_live_at", "expire_at"),
    ]
    base_form_class = UnitPageForm
    parent_page_types = ["consultation.DecisionIndexPage"]
    subpage_types = ["consultation.AdoptionResultPage"]

    class Meta:
        verbose_name = _("决策草案")
        verbose_name_plural = _("决策草案")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closing_day__isnull=True)
                | models.Q(opening_day__isnull=True)
                | models.Q(closing_day__gt=models.F("opening_day")),
                name="draft_closes_after_it_opens",
                violation_error_message=_("截止日期必须晚于开始日期。"),
            )
        ]

    @path("")
    def show(self, request: HttpRequest) -> HttpResponse:
        return self._view("show_draft", request)

    @path("opinion/")
    def speak(self, request: HttpRequest) -> HttpResponse:
        return self._view("speak", request)

    @path("versions/")
    def versions_list(self, request: HttpRequest) -> HttpResponse:
        return self._view("list_versions", request)

    @path("versions/<id:number>/")
    def version(self, request: HttpRequest, number: int) -> HttpResponse:
        return self._view("show_version", request, number)

    @path("poster/")
    def poster(self, request: HttpRequest) -> HttpResponse:
        return self._view("show_poster", request)

    def _view(self, name: str, request: HttpRequest, *args: Any) -> HttpResponse:
        from consultation.views import public  # noqa: PLC0415 - a page hands over to its views

        return self.let_caches_keep(request, getattr(public, name)(request, self, *args))

    def publish_blockers(self) -> list[Blocker]:
        return draft_gate.missing(self)

    def obstacle_to_alias(self) -> str:
        return "决策草案不能建立别名：意见和期限只属于一个页面。可以复制为新的草案。"

    def obstacle_to_moving(self) -> str:
        if self.first_published_at is None:
            return ""
        return "草案发布过，网址已印在海报和通知上，不能移到别的栏目。"

    def went_live(self, *, was_live: bool) -> None:
        from consultation.services import versions  # noqa: PLC0415 - a page hands over to a service

        versions.record_publication(draft=self)

    @property
    def opens_at(self) -> datetime | None:
        return opens_at(self.opening_day) if self.opening_day else None

    @property
    def closes_at(self) -> datetime | None:
        return closes_at(self.closing_day) if self.closing_day else None

    @property
    def is_open(self) -> bool:
        """Whether opinions are taken at this moment, to the second (rule D1)."""
        now = timezone.now()
        return bool(self.live and self.opens_at and self.closes_at) and (
            self.opens_at <= now < self.closes_at  # type: ignore[operator] # both are set
        )

    @cached_property
    def result(self) -> "AdoptionResultPage | None":
        """The published adoption result, if there is one."""
        results = apps.get_model("consultation", "AdoptionResultPage")
        return results.objects.child_of(self).live().first()

    @cached_property
    def feedback_due(self) -> date | None:
        """The last day for publishing the result (rules.md, "What shapes the design", 3)."""
        if self.closing_day is None:
            return None
        site = self.get_site()
        profile = SiteProfile.for_site(site) if site else SiteProfile()
        return add_workdays(self.closing_day, profile.feedback_workdays)

    @property
    def phase(self) -> Phase:
        """Where the draft stands, from the clock and the data (rule D9)."""
        now = timezone.now()
        if self.opens_at is None or self.closes_at is None or now < self.opens_at:
            return Phase.UPCOMING
        if now < self.closes_at:
            return Phase.OPEN
        if self.result:
            return Phase.ANSWERED
        overdue = self.feedback_due is not None and timezone.localdate() > self.feedback_due
        return Phase.OVERDUE if overdue else Phase.CLOSED

    def next_turn(self) -> datetime | None:
        """The next moment at which the page changes by the clock alone."""
        now = timezone.now()
        if self.closes_at is None or now >= self.closes_at:
            due = closes_at(self.feedback_due) if self.feedback_due else None
            return due if due and due > now else None
        # The days that are left are counted down at midnight.
        turns = [self.opens_at, self.closes_at, closes_at(timezone.localdate())]
        return min(turn for turn in turns if turn and turn > now)
