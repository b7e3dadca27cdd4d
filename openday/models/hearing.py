from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openday.models.registration import Registration
from openday.models.session import Session

SILENT = "没有发言。"
"""The words of who came and said nothing: they sign the record like all others."""


class Hearing(models.Model):
    """听证 of one session: what is fixed before, and the record after (713 art. 16, 17).

    ``participants``: the published list, masked, ``[{"name", "audience"}]``.
    """

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="hearing")
    participants = models.JSONField(_("听证参加人名单"), default=list, blank=True)
    participants_published_at = models.DateTimeField(_("名单公布时间"), null=True, blank=True)
    materials_delivered_on = models.DateField(
        _("材料送达日期"), null=True, blank=True, help_text=_("须在听证会召开7日前送达参加人。")
    )
    ready_at = models.DateTimeField(_("准备就绪"), null=True, blank=True)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    introduction = models.TextField(
        _("承办单位介绍"), blank=True, help_text=_("决策方案的内容、依据和有关情况。")
    )
    statements = models.TextField(_("陈述"), blank=True, help_text=_("听证参加人的意见和建议。"))
    questions = models.TextField(_("询问、质证"), blank=True)
    debate = models.TextField(_("辩论"), blank=True)
    recorder = models.CharField(_("记录人"), max_length=40, blank=True)
    closed_at = models.DateTimeField(_("笔录定稿时间"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("听证")
        verbose_name_plural = _("听证")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True)
                | Q(materials_delivered_on__isnull=False, participants_published_at__isnull=False),
                name="ready_hearing_is_prepared",
            )
        ]

    def __str__(self) -> str:
        return f"听证：{self.session}"


class HearingStatement(models.Model):
    """What one participant said, and that they signed it (参加人确认签字).

    ``opinion_number``: the number in the draft's register, once staff have handed it over there.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="said")
    registration = models.ForeignKey(
        Registration,
        verbose_name=_("参加人"),
        on_delete=models.PROTECT,
        related_name="statements",
    )
    text = models.TextField(_("发言内容"), max_length=3000)
    confirmed_on = models.DateField(_("本人确认签字日期"), null=True, blank=True)
    remark = models.CharField(
        _("备注"), max_length=200, blank=True, help_text=_("拒绝签字等情况，写明原因。")
    )
    handed_over_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    opinion_number = models.PositiveIntegerField(
        _("意见编号"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("听证发言")
        verbose_name_plural = _("听证发言")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.registration} 的发言"

    @property
    def is_silent(self) -> bool:
        """Whether it says that nothing was said."""
        return self.text == SILENT
