from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openday.models.event_page import EventPage
from openday.models.registration import Registration
from publishing.models import Unit

MAX_LENGTH = 3000


class Suggestion(models.Model):
    """建议: what somebody said at an event, who takes it up, by when, and the answer (rule O4).

    ``opinion_number``: the number in the draft's register, once staff have handed it over there;
    its words and its answer then stay as they are.
    """

    event = models.ForeignKey(
        EventPage, verbose_name=_("活动"), on_delete=models.PROTECT, related_name="suggestions"
    )
    registration = models.ForeignKey(
        Registration,
        verbose_name=_("提出人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suggestions",
    )
    number = models.PositiveIntegerField(_("编号"), editable=False)
    text = models.TextField(_("建议内容"), max_length=MAX_LENGTH)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("承办单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField(_("办理期限"), null=True, blank=True)
    answer = models.TextField(_("答复"), max_length=MAX_LENGTH, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    is_public = models.BooleanField(
        _("写入总结公开"), default=True, help_text=_("不公开的建议仍须答复，总结中只计数。")
    )
    handed_over_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    opinion_number = models.PositiveIntegerField(
        _("意见编号"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("登记时间"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("建议")
        verbose_name_plural = _("建议")
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="suggestion_number_unique"),
            models.CheckConstraint(condition=~Q(text=""), name="suggestion_says_something"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False),
                name="answered_suggestion_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(opinion_number=None) | Q(handed_over_key__isnull=False),
                name="handed_over_suggestion_has_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}号建议"
