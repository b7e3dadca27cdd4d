from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.enums import Outcome
from consultation.models.draft_page import DecisionDraftPage
from publishing.models import Unit


class Response(models.Model):
    """归纳意见与采纳情况: opinions that say the same, with one outcome and one reason (D7)."""

    draft = models.ForeignKey(
        DecisionDraftPage,
        on_delete=models.PROTECT,
        related_name="responses",
        verbose_name=_("草案"),
    )
    number = models.PositiveIntegerField(_("序号"))
    summary = models.TextField(
        _("归纳意见"), max_length=3000, help_text="As long as an opinion may be: it may be one."
    )
    outcome = models.CharField(_("采纳情况"), max_length=14, choices=Outcome.choices, blank=True)
    reason = models.TextField(_("理由"), max_length=2000, blank=True)
    wording = models.TextField(
        _("修改情况"), max_length=2000, blank=True, help_text=_("采纳后草案改成了怎样的文字。")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("办理人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=1, help_text="Raised by every change: the second of two people is told."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("归纳意见")
        verbose_name_plural = _("归纳意见")
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="response_number_unique"),
            models.CheckConstraint(
                condition=(
                    models.Q(outcome="", decided_at__isnull=True)
                    | (
                        ~models.Q(outcome="")
                        & ~models.Q(reason="")
                        & models.Q(decided_at__isnull=False)
                    )
                ),
                name="response_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.summary[:30]}"

    @property
    def is_decided(self) -> bool:
        return bool(self.outcome)


class ReasonTemplate(models.Model):
    """理由模板: words that staff start a reason from."""

    outcome = models.CharField(_("采纳情况"), max_length=14, choices=Outcome.choices)
    title = models.CharField(_("名称"), max_length=60)
    text = models.TextField(_("理由"), max_length=1000)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("留空则各单位都能用。"),
    )

    class Meta:
        verbose_name = _("理由模板")
        verbose_name_plural = _("理由模板")
        ordering = ["outcome", "title"]

    def __str__(self) -> str:
        return self.title
