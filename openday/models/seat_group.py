from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openday.enums import NAMED, SeatMethod
from openday.models.audience import Audience
from openday.models.session import Session


class SeatGroup(models.Model):
    """名额组: seats of one audience in one session, and how they are given (rule O1)."""

    session = models.ForeignKey(
        Session, verbose_name=_("场次"), on_delete=models.PROTECT, related_name="groups"
    )
    audience = models.ForeignKey(
        Audience, verbose_name=_("代表类别"), on_delete=models.PROTECT, related_name="groups"
    )
    method = models.CharField(
        _("产生方式"), max_length=12, choices=SeatMethod, default=SeatMethod.FIRST_COME
    )
    quota = models.PositiveIntegerField(
        _("最多名额"), validators=[MinValueValidator(1)], help_text=_("这一类最多多少人。")
    )
    minimum = models.PositiveIntegerField(
        _("保留名额"), default=0, help_text=_("总名额中至少为这一类留多少，不能超过最多名额。")
    )
    minimum_until = models.DateTimeField(
        _("保留到"), null=True, blank=True, help_text=_("此后没有用完的保留名额给其他类别。")
    )
    waiting_limit = models.PositiveIntegerField(
        _("候补人数上限"), null=True, blank=True, help_text=_("留空则不限；0 表示不设候补。")
    )
    decided_by = models.DateField(
        _("公布日期"), null=True, blank=True, help_text=_("审核结果或抽签的日期，写进回执。")
    )
    invitation_code = models.CharField(
        _("邀请码"), max_length=20, blank=True, help_text=_("推荐、邀请的人凭它在网上登记。")
    )
    sort_order = models.PositiveSmallIntegerField(_("排序"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("名额组")
        verbose_name_plural = _("名额组")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "audience"],
                name="one_group_per_audience",
                violation_error_message=_("这一场已经有这个类别的名额组。"),
            ),
            models.CheckConstraint(
                condition=Q(quota__gte=1),
                name="group_has_seats",
                violation_error_message=_("最多名额至少为1。"),
            ),
            models.CheckConstraint(
                condition=Q(minimum__lte=F("quota")),
                name="group_minimum_within_quota",
                violation_error_message=_("保留名额不能超过最多名额。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.audience)

    @property
    def minimum_now(self) -> int:
        """How many seats are kept for it at this moment."""
        released = self.minimum_until is not None and self.minimum_until <= timezone.now()
        return 0 if released else self.minimum

    @property
    def is_named(self) -> bool:
        """Whether an office names its people, so that nobody signs up without an invitation."""
        return self.method in NAMED

    @property
    def is_drawn(self) -> bool:
        return self.method == SeatMethod.DRAW

    @property
    def run(self) -> Any:
        """Its draw of lots, or None."""
        return getattr(self, "draw_run", None)
