from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.enums import Channel
from consultation.models.draft_page import DecisionDraftPage
from people.models import Consent, Contact, Receipt
from people.storage import private_name


def private_storage() -> Storage:
    """What citizens hand in has no public address."""
    return storages[settings.PRIVATE_STORAGE_ALIAS]


class Submission(Consent):
    """提交: one act of sending. Holds one or more opinions (rule D4)."""

    draft = models.ForeignKey(
        DecisionDraftPage,
        verbose_name=_("草案"),
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="submission")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="submissions")
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices)
    idempotency_key = models.UUIDField(unique=True)
    received_on = models.DateField(_("收到日期"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    held_for_review = models.BooleanField(
        _("需人工核验"), default=False, help_text=_("未经脚本验证提交，先核验再办理。")
    )

    wagtail_reference_index_ignore = True
    was_there = False
    """Whether the key had brought it before (``submit_opinions``)."""

    class Meta:
        verbose_name = _("提交")
        verbose_name_plural = _("提交")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(channel=Channel.WEB) | models.Q(notice__isnull=False),
                name="web_submission_has_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt.number


class SubmissionAttachment(models.Model):
    """A file handed in with opinions; private, checked, cleaned of positions."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(_("文件名"), max_length=120)
    content_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveIntegerField(_("大小（字节）"))
    sha256 = models.CharField(_("摘要值"), max_length=64)
    file = models.FileField(storage=private_storage, upload_to=private_name)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("提交的材料")
        verbose_name_plural = _("提交的材料")

    def __str__(self) -> str:
        return self.name
