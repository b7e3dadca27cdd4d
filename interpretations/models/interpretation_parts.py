"""The rows that belong to an interpretation and are edited with it; they live in its revisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from interpretations.blocks.clause_choice import ClauseWidget

_PAGE = "interpretations.InterpretationPage"
# Links to the other features are by name only.
EXPLAINED = ["interpretations.PolicyPage", "consultation.DecisionDraftPage"]


class InterpretationSubject(Orderable):
    """A policy or draft that is explained. The other way round is found by queries."""

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="subjects")
    subject = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("政策文件或草案"),
        on_delete=models.CASCADE,
        related_name="explained_by",
    )

    panels = [PageChooserPanel("subject", EXPLAINED)]

    class Meta(Orderable.Meta):
        verbose_name = _("解读的文件")
        verbose_name_plural = _("解读的文件")

    def __str__(self) -> str:
        return str(self.subject)


class InterpretationChange(Orderable):
    """One thing that is otherwise than before (新旧政策差异). ``clause``: a block id, or empty."""

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="changes")
    before = models.TextField(_("以前"), max_length=500, blank=True)
    after = models.TextField(_("现在"), max_length=500, blank=True)
    clause = models.CharField(_("条款"), max_length=200, blank=True)
    since = models.CharField(
        _("从什么时候起"), max_length=60, blank=True, help_text=_("如“2026年5月1日起”。")
    )

    panels = [
        FieldPanel("before"),
        FieldPanel("after"),
        FieldPanel("clause", widget=ClauseWidget),
        FieldPanel("since"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("新旧差异")
        verbose_name_plural = _("新旧差异")

    def __str__(self) -> str:
        return self.after[:20]
