from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openday.models.seat_group import SeatGroup
from people.fields import EncryptedTextField


class DrawRun(models.Model):
    """The draw of lots of one group: committed before registration opens, run once.

    ``entries``: the frozen list, ``[{"number", "name" (masked)}]``. ``record``: what is published
    after the draw and what ``openday.draw.verify`` checks.
    """

    group = models.OneToOneField(SeatGroup, on_delete=models.PROTECT, related_name="draw_run")
    seed = EncryptedTextField(_("种子"), editable=False)
    commitment = models.CharField(_("承诺值"), max_length=64, editable=False)
    committed_at = models.DateTimeField(_("承诺公布时间"), default=timezone.now, editable=False)
    frozen_at = models.DateTimeField(_("名单冻结时间"), null=True, blank=True)
    entries = models.JSONField(_("名单"), default=list, blank=True)
    list_sha256 = models.CharField(_("名单摘要"), max_length=64, blank=True)
    digits = models.CharField(_("见证人掷出的数字"), max_length=40, blank=True)
    witness = models.CharField(_("见证人"), max_length=80, blank=True)
    drawn_at = models.DateTimeField(_("抽签时间"), null=True, blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    record = models.JSONField(_("抽签记录"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("抽签")
        verbose_name_plural = _("抽签")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True)
                | (
                    Q(frozen_at__isnull=False, record__isnull=False, drawn_by__isnull=False)
                    & ~Q(digits="")
                    & ~Q(witness="")
                ),
                name="drawn_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} 抽签"
