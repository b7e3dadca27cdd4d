from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openday.enums import CheckInMethod
from openday.models.registration import Registration


class CheckIn(models.Model):
    """签到: one arrival at the door. Undone ones stay, with who and why."""

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="check_ins"
    )
    nonce = models.UUIDField(unique=True, help_text=_("由设备生成，补传时不会重复。"))
    method = models.CharField(_("方式"), max_length=8, choices=CheckInMethod)
    scanned_at = models.DateTimeField(_("签到时间"))
    received_at = models.DateTimeField(_("收到时间"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undo_reason = models.CharField(_("撤销理由"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("签到")
        verbose_name_plural = _("签到")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(undone_at__isnull=True),
                name="one_check_in_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True)
                | (Q(undone_by__isnull=False) & ~Q(undo_reason="")),
                name="undone_check_in_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} {timezone.localtime(self.scanned_at):%H:%M}"
