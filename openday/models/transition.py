from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openday.enums import State
from openday.models.registration import Registration


class Actor(models.TextChoices):
    """Who moved a registration."""

    PERSON = "person", _("本人")
    STAFF = "staff", _("工作人员")
    SYSTEM = "system", _("系统")


class Transition(models.Model):
    """One move of a registration; rows are added, never changed (rule G2).

    But for the reason, which goes with the personal details (rule G5).
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="transitions"
    )
    from_state = models.CharField(_("原状态"), max_length=12, choices=State, blank=True)
    to_state = models.CharField(_("新状态"), max_length=12, choices=State)
    at = models.DateTimeField(_("时间"), default=timezone.now)
    actor = models.CharField(_("由谁"), max_length=8, choices=Actor)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("状态变化")
        verbose_name_plural = _("状态变化")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(actor=Actor.STAFF) | models.Q(by__isnull=False),
                name="transition_by_staff_names_them",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_from_state_display() or '新报名'} → {self.get_to_state_display()}"
