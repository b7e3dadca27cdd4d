from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExemptionQuerySet(models.QuerySet["InterpretationExemption"]):
    def open(self) -> Self:
        """Those whose interpretation is still awaited, in time or late."""
        return self.filter(ended_at__isnull=True)

    def valid(self) -> Self:
        """Those that still allow a publication."""
        return self.open().filter(until__gte=timezone.localdate())


class InterpretationExemption(models.Model):
    """暂缓解读: a policy may be public before its interpretation; why, by whom, until when (P1)."""

    policy = models.ForeignKey(
        "interpretations.PolicyPage", on_delete=models.CASCADE, related_name="exemptions"
    )
    reason = models.CharField(_("理由"), max_length=300)
    until = models.DateField(_("解读最迟公布日期"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField(_("时间"), auto_now_add=True)
    # When an interpretation went public, or another exemption took its place.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ExemptionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("暂缓解读")
        verbose_name_plural = _("暂缓解读")
        ordering = ["-pk"]
        default_permissions = ("add",)
        constraints = [
            models.UniqueConstraint(
                fields=["policy"],
                condition=models.Q(ended_at__isnull=True),
                name="policy_has_one_open_exemption",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="exemption_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.policy.title}（{self.until:%Y-%m-%d}）"
