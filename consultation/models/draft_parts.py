"""The rows that belong to a draft and are edited with it; they live in its revisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable

from consultation.enums import Channel
from publishing.models import OfficeContact, PublishedFile

_DRAFT = "consultation.DecisionDraftPage"
# Links to the other features are by name only.
EXPLAINED_BY = ["interpretations.InterpretationPage"]


class DraftBasis(Orderable):
    """One thing that the decision rests on (决策依据)."""

    page = ParentalKey(_DRAFT, on_delete=models.CASCADE, related_name="basis")
    title = models.CharField(_("名称"), max_length=200)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    url = models.URLField(_("链接"), blank=True)
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("文件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("document_number"),
        FieldPanel("url"),
        FieldPanel("document"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("决策依据")
        verbose_name_plural = _("决策依据")

    def __str__(self) -> str:
        return self.title


class DraftContact(OfficeContact):
    """Whom to ask about a draft, also by letter."""

    page = ParentalKey(_DRAFT, on_delete=models.CASCADE, related_name="contacts")
    address = models.CharField(_("通信地址"), max_length=160, blank=True)

    panels = [*OfficeContact.panels, FieldPanel("address")]


class DraftWay(Orderable):
    """One way to respond besides the web form, as people must know it."""

    page = ParentalKey(_DRAFT, on_delete=models.CASCADE, related_name="ways")
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices)
    detail = models.CharField(
        _("具体方式"), max_length=200, help_text=_("如寄信的地址、窗口的位置和时间。")
    )

    panels = [FieldPanel("channel"), FieldPanel("detail")]

    class Meta(Orderable.Meta):
        verbose_name = _("反馈途径")
        verbose_name_plural = _("反馈途径")

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.detail}"


class DraftAttachment(PublishedFile):
    """A file published with the draft."""

    page = ParentalKey(_DRAFT, on_delete=models.CASCADE, related_name="attachments")


class DraftInterpretation(Orderable):
    """A page that explains the draft (解读)."""

    page = ParentalKey(_DRAFT, on_delete=models.CASCADE, related_name="interpretations")
    interpretation = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("解读页面"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [PageChooserPanel("interpretation", EXPLAINED_BY)]

    class Meta(Orderable.Meta):
        verbose_name = _("相关解读")
        verbose_name_plural = _("相关解读")

    def __str__(self) -> str:
        return str(self.interpretation)
