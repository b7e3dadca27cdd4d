from datetime import date
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from interpretations import policy_gate
from interpretations.enums import Validity
from interpretations.models.topic import PolicyTopic
from publishing.clauses.blocks import PolicyStreamBlock
from publishing.clauses.document import Document
from publishing.gates import Blocker
from publishing.models import BasePage, ClausePage, SiteProfile, Unit
from publishing.page_form import UnitPageForm
from publishing.panels import ImportPanel, MissingPanel


class PolicyForm(UnitPageForm):
    """A new policy is issued by the site's host until the editor says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site = self.parent_page.get_site() if self.parent_page else None
        if self.instance.pk is None and "issuer" in self.fields and site:
            profile = SiteProfile.for_site(site)
            self.initial["issuer"] = self.initial.get("issuer") or profile.host_organisation


class PolicyPage(RoutablePageMixin, ClausePage, BasePage):
    """政策文件: the final text, with the fields of an official document (rules S4, D11, C2)."""

    summary = models.TextField(_("内容提要"), max_length=300, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("责任单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies",
    )
    index_number = models.CharField(
        _("索引号"), max_length=60, blank=True, help_text=_("政府信息公开目录中的编号。")
    )
    topic = models.ForeignKey(
        PolicyTopic,
        verbose_name=_("主题分类"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies",
    )
    issuer = models.CharField(
        _("发文机关"), max_length=120, blank=True, help_text=_("联合发文的，用顿号隔开。")
    )
    document_number = models.CharField(
        _("发文字号"), max_length=60, blank=True, help_text=_("没有文号的填“无”。")
    )
    written_on = models.DateField(_("成文日期"), null=True, blank=True)
    released_on = models.DateField(
        _("发布日期"),
        null=True,
        blank=True,
        help_text=_("以前公布过的文件填当时的日期；留空则为在本站首次发布的日期。"),
    )
    validity = models.CharField(_("有效性"), max_length=8, choices=Validity, default=Validity.VALID)
    validity_changed_on = models.DateField(_("修改或废止日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("替代或修改它的文件"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced",
        help_text=_("两份文件的页面会互相链接。"),
    )
    needs_interpretation = models.BooleanField(
        _("需要解读"), default=False, help_text=_("涉及群众切身利益的文件，应当同步发布解读。")
    )
    draft = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("征求意见的草案"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("公布后，两个页面互相链接，并显示从草案到文件改了什么。"),
    )
    result = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("意见采纳情况反馈"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(PolicyStreamBlock(), verbose_name=_("文件正文"), blank=True)

    page_description = _("正式印发的政策文件：公文要素、正文、附件、有效性。")
    text_panels = [
        *Page.content_panels,
        MissingPanel(),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("needs_interpretation")]),
        ImportPanel(),
        FieldPanel("body"),
        InlinePanel("attachments", label=_("附件")),
    ]
    document_panels = [
        FieldRowPanel([FieldPanel("index_number"), FieldPanel("topic")]),
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("document_number")]),
        FieldRowPanel([FieldPanel("written_on"), FieldPanel("released_on")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("validity"), FieldPanel("validity_changed_on")]),
                PageChooserPanel("successor"),
            ],
            heading=_("有效性"),
        ),
    ]
    origin_panels = [
        PageChooserPanel("draft", [policy_gate.DRAFT]),
        PageChooserPanel("result", [policy_gate.RESULT]),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(text_panels, heading=_("文件")),
            ObjectList(document_panels, heading=_("公文要素")),
            ObjectList(origin_panels, heading=_("制定过程")),
            ObjectList(BasePage.promote_panels, heading=_("推广")),
            ObjectList(Page.settings_panels, heading=_("设置")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("index_number"),
        index.SearchField("document_number"),
        index.SearchField("issuer"),
        index.SearchField("body"),
        index.FilterField("unit"),
        index.FilterField("topic"),
        index.FilterField("written_on"),
        index.FilterField("validity"),
    ]
    reviewable = True
    gated_fields = (
        *("title", "unit", "index_number", "topic", "issuer", "document_number", "written_on"),
        *("released_on", "validity", "validity_changed_on", "successor", "draft", "result"),
        *("body", "attachments"),
    )
    # What belongs to one document: a copy is another one.
    exclude_fields_in_copy = [
        *("index_number", "document_number", "written_on", "released_on", "validity"),
        *("validity_changed_on", "successor", "draft", "result"),
        *("first_published_at", "last_published_at", "live_revision", "go_live_at", "expire_at"),
    ]
    base_form_class = PolicyForm
    parent_page_types = ["interpretations.PolicyIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("政策文件")
        verbose_name_plural = _("政策文件")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True)
                | ~models.Q(successor=models.F("page_ptr")),
                name="policy_is_not_its_own_successor",
                violation_error_message=_("文件不能由它自己替代。"),
            )
        ]

    @path("")
    def show(self, request: HttpRequest) -> HttpResponse:
        return self._view("show_policy", request)

    @path("versions/")
    def versions_list(self, request: HttpRequest) -> HttpResponse:
        return self._view("list_versions", request)

    @path("versions/<int:number>/")
    def version(self, request: HttpRequest, number: int) -> HttpResponse:
        return self._view("show_version", request, number)

    def _view(self, name: str, request: HttpRequest, *args: Any) -> HttpResponse:
        from interpretations.views import public  # noqa: PLC0415 - a page hands over to its views

        return self.let_caches_keep(request, getattr(public, name)(request, self, *args))

    def publish_blockers(self) -> list[Blocker]:
        return policy_gate.missing(self)

    def obstacle_to_alias(self) -> str:
        return "政策文件不能建立别名：一份文件只有一个网址。"

    def obstacle_to_moving(self) -> str:
        if self.first_published_at is None:
            return ""
        return "文件发布过，网址已被引用，不能移到别的栏目。"

    def went_live(self, *, was_live: bool) -> None:
        from interpretations.services import policies  # noqa: PLC0415 - a page hands over to a service

        policies.record_publication(policy=self)

    def take_facts(self, document: Document) -> None:
        """The number, the office and the day that a document states itself."""
        self.document_number = self.document_number or (document.reference or "")[:60]
        self.issuer = self.issuer or (document.issuer or "")[:120]
        if self.written_on is None and document.date:
            self.written_on = parse_date(document.date)

    @property
    def standing(self) -> Validity:
        return Validity(self.validity)

    @property
    def release_day(self) -> date | None:
        """发布日期: as written, else the day on which the page first went public."""
        if self.released_on or self.first_published_at is None:
            return self.released_on
        return timezone.localdate(self.first_published_at)
