"""The rows that belong to an event's page and are edited with it; they live in its revisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from publishing.models import OfficeContact, PublishedFile

_EVENT = "openday.EventPage"
# Links to the other features by name only.
EXPLAINED_BY = [
    "consultation.DecisionDraftPage",
    "consultation.AdoptionResultPage",
    "interpretations.PolicyPage",
]


class ProgrammeItem(Orderable):
    """One line of the programme (活动安排)."""

    page = ParentalKey(_EVENT, on_delete=models.CASCADE, related_name="programme")
    time = models.CharField(_("时间"), max_length=40, help_text=_("如“9:00–9:30”。"))
    content = models.CharField(_("内容"), max_length=200)

    panels = [FieldPanel("time"), FieldPanel("content")]

    class Meta(Orderable.Meta):
        verbose_name = _("活动安排")
        verbose_name_plural = _("活动安排")

    def __str__(self) -> str:
        return f"{self.time} {self.content}"


class EventCondition(Orderable):
    """One condition that who registers must meet, and confirms to meet (报名条件)."""

    page = ParentalKey(_EVENT, on_delete=models.CASCADE, related_name="conditions")
    text = models.CharField(_("条件"), max_length=120, help_text=_("如“年满18周岁”。"))

    panels = [FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("报名条件")
        verbose_name_plural = _("报名条件")

    def __str__(self) -> str:
        return self.text


class EventContact(OfficeContact):
    """Whom to ask about an event."""

    page = ParentalKey(_EVENT, on_delete=models.CASCADE, related_name="contacts")


class EventMaterial(PublishedFile):
    """A file for who comes (会议材料)."""

    page = ParentalKey(_EVENT, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("材料名称"), max_length=120)

    class Meta(PublishedFile.Meta):
        abstract = False
        verbose_name = _("材料")
        verbose_name_plural = _("材料")


class EventSubject(Orderable):
    """A draft or policy that the event is about. The other way round is found by ``portal``."""

    page = ParentalKey(_EVENT, on_delete=models.CASCADE, related_name="subjects")
    subject = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("相关草案或政策"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [PageChooserPanel("subject", EXPLAINED_BY)]

    class Meta(Orderable.Meta):
        verbose_name = _("相关草案或政策")
        verbose_name_plural = _("相关草案或政策")

    def __str__(self) -> str:
        return str(self.subject)
