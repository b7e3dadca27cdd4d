from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
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
from wagtail.models import Page
from wagtail.search import index

from openday import event_gate, phases
from openday.enums import EventKind, EventPhase
from publishing.gates import Blocker
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known
from publishing.models import BasePage, Unit
from publishing.page_form import UnitPageForm
from publishing.panels import MissingPanel

if TYPE_CHECKING:
    from openday.models.report_page import EventReportPage
    from openday.models.session import Session
    from openday.phases import Milestone

COLLECTED = (
    "报名时收集姓名和联系电话，用来核实身份、通知结果和活动变动；电子邮箱、单位或村（社区）、"
    "无障碍需求和交通方式可以不填。不收集身份证号码，入场时出示证件即可。活动结束后按期清除。"
)


class EventForm(UnitPageForm):
    """An event keeps its unit once people registered."""

    def clean_unit(self) -> Unit | None:
        """Saving a page that isn't public stores it at once: refused here as by the gate."""
        unit: Unit | None = self.cleaned_data["unit"]
        if message := event_gate.refused_unit(self.instance, unit.pk if unit else None):
            raise ValidationError(message)
        return unit


class EventPage(RoutablePageMixin, BasePage):
    """政府开放日、公众代表列席会议、听证会、座谈会: what people can come to (rules O1–O4).

    Its sessions and their seats are plain models, edited on screens of their own.
    """

    kind = models.CharField(
        _("活动类型"), max_length=12, choices=EventKind, default=EventKind.OPEN_DAY
    )
    theme = models.CharField(_("主题"), max_length=120, blank=True)
    summary = models.TextField(_("活动简介"), max_length=500, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("主办单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    place = models.CharField(_("地点"), max_length=160, blank=True)
    directions = models.TextField(
        _("怎样到达"), max_length=500, blank=True, help_text=_("公交、停车、从哪个门进。")
    )
    access_notes = models.TextField(
        _("无障碍条件"),
        max_length=500,
        blank=True,
        help_text=_("如轮椅坡道、电梯、手语或方言翻译、老花镜。"),
    )
    matters = models.TextField(
        _("议题或听证事项"),
        max_length=1000,
        blank=True,
        help_text=_("列席会议、听证会、座谈会必填。"),
    )
    selection_method = models.TextField(
        _("代表产生办法"),
        max_length=1000,
        blank=True,
        help_text=_("各类代表名额怎样产生；听证会、列席会议必填。"),
    )
    collected = models.TextField(
        _("收集哪些信息、作什么用"), max_length=500, blank=True, default=COLLECTED
    )

    page_description = _("政府开放日、公众代表列席会议、听证会、座谈会的公告和报名。")
    about_panels = [
        *Page.content_panels,
        MissingPanel(),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("unit")]),
        FieldPanel("theme"),
        FieldPanel("summary"),
        InlinePanel("programme", label=_("活动安排")),
        InlinePanel("subjects", label=_("相关草案或政策")),
        InlinePanel("materials", label=_("材料")),
        InlinePanel("contacts", label=_("联系方式")),
    ]
    place_panels = [
        FieldPanel("place"),
        FieldPanel("directions"),
        FieldPanel("access_notes"),
    ]
    seats_panels = [
        FieldPanel("matters"),
        FieldPanel("selection_method"),
        InlinePanel("conditions", label=_("报名条件")),
        MultiFieldPanel([FieldPanel("collected")], heading=_("个人信息")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(about_panels, heading=_("活动")),
            ObjectList(place_panels, heading=_("地点")),
            ObjectList(seats_panels, heading=_("报名说明")),
            ObjectList(BasePage.promote_panels, heading=_("推广")),
            ObjectList(Page.settings_panels, heading=_("设置")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("theme"),
        index.SearchField("summary"),
        index.SearchField("matters"),
        index.FilterField("unit"),
        index.FilterField("kind"),
    ]
    gated_fields = (
        *("title", "kind", "theme", "summary", "unit", "place", "matters", "selection_method"),
        *("collected", "conditions", "contacts", "programme"),
    )
    exclude_fields_in_copy = [
        *("first_published_at", "last_published_at", "live_revision", "go_live_at", "expire_at"),
    ]
    base_form_class = EventForm
    parent_page_types = ["openday.EventIndexPage"]
    subpage_types = ["openday.EventReportPage"]

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = _("活动")

    @path("")
    def show(self, request: HttpRequest) -> HttpResponse:
        return self._view("show_event", request)

    @path("register/<id:session>/")
    def register(self, request: HttpRequest, session: int) -> HttpResponse:
        return self._view("register", request, session)

    @path("draws/<id:group>/record/")
    def draw_record(self, request: HttpRequest, group: int) -> HttpResponse:
        return self._view("draw_record", request, group)

    @path("draws/<id:group>/")
    def draw(self, request: HttpRequest, group: int) -> HttpResponse:
        return self._view("show_draw", request, group)

    @path("poster/")
    def poster(self, request: HttpRequest) -> HttpResponse:
        return self._view("show_poster", request)

    def _view(self, name: str, request: HttpRequest, *args: Any) -> HttpResponse:
        from openday.views import public  # noqa: PLC0415 - a page hands over to its views

        event = self._as_of_now()
        return event.let_caches_keep(request, getattr(public, name)(request, event, *args))

    def _as_of_now(self) -> "EventPage":
        """A copy that asks for its sessions anew; visitors share this one (``kept``)."""
        event = copy(self)
        for name in ("standing_sessions", "cancelled_sessions", "report"):
            event.__dict__.pop(name, None)
        return event

    def went_off(self) -> None:
        """Its report goes with it."""
        report = self.report
        if report and report.live:
            report.unpublish()

    def publish_blockers(self) -> list[Blocker]:
        return event_gate.missing(self)

    def obstacle_to_alias(self) -> str:
        return "活动不能建立别名：场次和报名只属于一个页面。可以复制为新的活动。"

    def obstacle_to_moving(self) -> str:
        if self.first_published_at is None:
            return ""
        return "活动发布过，网址已印在海报和通知上，不能移到别的栏目。"

    @cached_property
    def standing_sessions(self) -> Sequence["Session"]:
        """The sessions that take place, in order; set by lists that read many at once."""
        return list(self.sessions.standing()) if self.pk else []

    @cached_property
    def cancelled_sessions(self) -> Sequence["Session"]:
        """Those that don't; set by lists as well."""
        return list(self.sessions.filter(cancelled_at__isnull=False)) if self.pk else []

    @property
    def is_called_off(self) -> bool:
        """Whether it had sessions and all of them are cancelled."""
        return not self.standing_sessions and bool(self.cancelled_sessions)

    @property
    def places(self) -> list[str]:
        """Where it is, each place once; the page's own only as far as a session is there."""
        now = timezone.now()
        left = [row for row in self.standing_sessions if row.ends_at > now]
        found = [row.place or self.place for row in left or self.standing_sessions] or [self.place]
        return list(filter(None, dict.fromkeys(found)))

    @cached_property
    def report(self) -> "EventReportPage | None":
        """The published report, if there is one."""
        reports = apps.get_model("openday", "EventReportPage")
        return reports.objects.child_of(self).live().first() if self.pk else None

    @property
    def phase(self) -> EventPhase:
        """Where the event stands, from the clock and the data."""
        return phases.phase_of(self)

    @property
    def milestone(self) -> "Milestone | None":
        """What comes next, or what was: words and a date beside the phase."""
        return phases.milestone_of(self)

    @property
    def dates(self) -> "list[Milestone]":
        """What a card names of the sessions: the day of the next one, and its deadline."""
        return phases.dates_of(self)

    def next_turn(self) -> datetime | None:
        """The next moment at which the page changes by the clock alone."""
        now = timezone.now()
        turns = (turn for session in self.standing_sessions for turn in session.turns.values())
        return min((turn for turn in turns if turn > now), default=None)
