from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page
from wagtail.search import index

from openday import report_gate
from openday.models.event_page import EventPage
from publishing.gates import Blocker
from publishing.models import BasePage
from publishing.panels import MissingPanel


class EventReportPage(BasePage):
    """活动总结: what happened, who came, suggestions and their answers (rule O3).

    Figures and suggestions are frozen at publication, in a ``ReportVersion``.
    """

    narrative = RichTextField(
        _("活动情况"), blank=True, features=["h3", "bold", "ol", "ul", "link", "document-link"]
    )

    page_description = _("活动结束后的总结：活动情况、照片、人数、建议和答复。")
    content_panels = [
        *Page.content_panels,
        MissingPanel(),
        FieldPanel("narrative"),
        InlinePanel("photos", label=_("照片")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("narrative")]
    reviewable = True
    gated_fields = ("title", "narrative", "photos")
    parent_page_types = ["openday.EventPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("活动总结")
        verbose_name_plural = _("活动总结")

    @cached_property
    def event(self) -> EventPage:
        event: EventPage = self.get_parent().specific
        return event

    @cached_property
    def frozen(self) -> "ReportVersion | None":
        """What was published last; None before the first publication."""
        return self.versions.last() if self.pk else None

    def publish_blockers(self) -> list[Blocker]:
        return report_gate.missing(self)

    def obstacle_to_copying(self) -> str:
        return "活动总结不能复制：人数和建议只属于一次活动。"

    def obstacle_to_alias(self) -> str:
        return self.obstacle_to_copying()

    def obstacle_to_moving(self) -> str:
        return "活动总结不能移到别的活动下面。"

    def went_live(self, *, was_live: bool) -> None:
        from openday.services import reports  # noqa: PLC0415 - a page hands over to a service

        reports.record_report(report=self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from openday.services import reports  # noqa: PLC0415 - the preview computes what is not frozen

        context = super().get_context(request, *args, **kwargs)
        return context | reports.shown_report(report=self)


class ReportPhoto(Orderable):
    """One photo: shown only with the leave of who is on it, and with words for who can't see it."""

    page = ParentalKey(EventReportPage, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("照片"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    alt = models.CharField(
        _("照片说明"), max_length=200, help_text=_("写出照片上有什么，给看不见照片的人听。")
    )
    consented = models.BooleanField(
        _("照片中的人均已同意公开"),
        default=False,
        help_text=_("只有远景和背影、认不出人的照片，也请核实后勾选。"),
    )

    panels = [FieldPanel("image"), FieldPanel("alt"), FieldPanel("consented")]

    class Meta(Orderable.Meta):
        verbose_name = _("照片")
        verbose_name_plural = _("照片")

    def __str__(self) -> str:
        return self.alt

    def clean(self) -> None:
        """Words that only repeat the file's name tell nothing."""
        super().clean()
        name = self.image.file.name.rpartition("/")[2] if self.image_id else ""
        if self.alt and self.alt.strip() in {name, name.rpartition(".")[0], self.image.title}:
            raise ValidationError({"alt": _("请写照片上有什么，不要照抄文件名或图片标题。")})


class ReportVersion(models.Model):
    """A report as it was published, frozen. Rows are added, never changed.

    ``figures``: ``{"registered", "came", "groups": [{"name", "registered", "came"}],
    "suggestions", "sessions"}``; ``suggestions``: ``[{"number", "text", "unit", "due_on",
    "answer"}]``, the public ones.
    """

    report = models.ForeignKey(EventReportPage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版本号"))
    figures = models.JSONField(_("人数"))
    suggestions = models.JSONField(_("建议"), default=list)
    published_at = models.DateTimeField(_("发布时间"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("活动总结版本")
        verbose_name_plural = _("活动总结版本")
        ordering = ["report", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="report_version_number_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} 第{self.number}版"

    def says(self, figures: Any, suggestions: Any) -> bool:
        """Whether it says just this."""
        return bool(self.figures == figures and self.suggestions == suggestions)
