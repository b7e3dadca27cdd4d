from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from interpretations import interpretation_gate
from interpretations.blocks import InterpretationStreamBlock
from interpretations.blocks.body import forms_in
from interpretations.enums import Element, Form
from interpretations.mentions import films_in
from interpretations.models.video import hold_videos
from interpretations.panels import RatingsPanel, StalePanel
from publishing.gates import Blocker
from publishing.models import BasePage, Unit
from publishing.page_form import UnitPageForm
from publishing.panels import MissingPanel

WITHOUT = "_why_not"


def _element(label: str | Promise) -> RichTextField:
    return RichTextField(label, blank=True, features=["bold", "ol", "ul", "link"])


def _why_not() -> models.CharField:
    return models.CharField(_("不涉及的理由"), max_length=200, blank=True)


def _element_panel(element: Element) -> MultiFieldPanel:
    help_text = _("写文字；确实没有的，留空并写明不涉及的理由。")
    if element is Element.DIFFERENCES:
        help_text = _("写文字，或在下面的“新旧差异”中逐行写；确实没有的，写明不涉及的理由。")
    return MultiFieldPanel(
        [FieldPanel(element.value), FieldPanel(f"{element.value}{WITHOUT}")],
        heading=element.label,
        help_text=help_text,
    )


class InterpretationPage(RoutablePageMixin, BasePage):
    """政策解读: what a policy or a draft means, in forms that people like to look at (rule P2)."""

    summary = models.TextField(_("一句话说明"), max_length=300, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("责任单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interpretations",
    )
    background = _element(_("背景"))
    background_why_not = _why_not()
    main_content = _element(_("主要内容"))
    main_content_why_not = _why_not()
    standards = _element(_("执行标准"))
    standards_why_not = _why_not()
    benefits = _element(_("惠民利民举措"))
    benefits_why_not = _why_not()
    differences = _element(_("新旧政策差异"))
    differences_why_not = _why_not()
    next_steps = _element(_("后续工作考虑"))
    next_steps_why_not = _why_not()
    body = StreamField(InterpretationStreamBlock(), verbose_name=_("解读内容"), blank=True)
    # The forms of the public body, as ",comic,video,": lists are filtered by it.
    public_forms = models.CharField(max_length=120, blank=True, editable=False)

    page_description = _("一份解读：漫画、问答、事例、短视频、图解，对应到文件的条款。")
    text_panels = [
        *Page.content_panels,
        MissingPanel(),
        StalePanel(),
        FieldPanel("summary"),
        FieldPanel("unit"),
        InlinePanel("subjects", label=_("解读的文件"), heading=_("解读什么")),
        FieldPanel("body"),
        RatingsPanel(),
    ]
    element_panels = [
        *map(_element_panel, Element),
        InlinePanel("changes", label=_("一处差异"), heading=_("新旧差异")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(text_panels, heading=_("解读")),
            ObjectList(element_panels, heading=_("六项要素")),
            ObjectList(BasePage.promote_panels, heading=_("推广")),
            ObjectList(Page.settings_panels, heading=_("设置")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        *(index.SearchField(element.value) for element in Element),
        index.FilterField("unit"),
    ]
    reviewable = True
    gated_fields = (
        *("title", "summary", "unit", "subjects", "changes", "body"),
        *(element.value for element in Element),
        *(f"{element.value}{WITHOUT}" for element in Element),
    )
    exclude_fields_in_copy = [
        *("first_published_at", "last_published_at", "live_revision", "go_live_at", "expire_at"),
        "public_forms",
    ]
    base_form_class = UnitPageForm
    parent_page_types = ["interpretations.InterpretationIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("政策解读")
        verbose_name_plural = _("政策解读")

    @path("")
    def show(self, request: HttpRequest) -> HttpResponse:
        return self._view("show_interpretation", request)

    def _view(self, name: str, request: HttpRequest, *args: Any) -> HttpResponse:
        from interpretations.views import public  # noqa: PLC0415 - a page hands over to its views

        return self.let_caches_keep(request, getattr(public, name)(request, self, *args))

    def publish_blockers(self) -> list[Blocker]:
        hold_videos(self.video_ids)
        return interpretation_gate.missing(self)

    def obstacle_to_alias(self) -> str:
        return "政策解读不能建立别名：一份解读只有一个网址。"

    def went_live(self, *, was_live: bool) -> None:
        from interpretations.services import interpretations  # noqa: PLC0415 - a page hands over to a service

        interpretations.record_publication(page=self)

    def went_off(self) -> None:
        """Its questions are found by nobody any more; the counts of their ratings stay."""
        self.public_questions.all().delete()

    @property
    def forms(self) -> list[Form]:
        """The forms of what the page now holds."""
        return forms_in(self.body.raw_data)

    @property
    def video_ids(self) -> list[int]:
        """The films that the page now shows."""
        return films_in(self.body.raw_data)

    @property
    def listed_forms(self) -> list[Form]:
        """The forms of what is public, without reading the body."""
        return [form for form in Form if f",{form.value}," in self.public_forms]

    def element(self, element: Element) -> str:
        """The text of one of the six, as rich text."""
        return str(getattr(self, element.value))

    def why_not(self, element: Element) -> str:
        """Why the page has nothing to say of it; empty where it has."""
        return str(getattr(self, f"{element.value}{WITHOUT}"))
