import hashlib
import json
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notify.enums import MessageChannel, MessageState
from people.fields import EncryptedTextField
from people.models import Contact
from publishing.models import Unit

_S = MessageState
TO_PHONE = (_S.UNSENT, _S.FAILED)
UNTOLD = (_S.QUEUED, _S.SENDING, *TO_PHONE)
"""What nobody was told yet, and what can be taken back."""


class MessageQuerySet(models.QuerySet["Message"]):
    """Reads of the outbox and of the call list."""

    def due(self) -> Self:
        """What can be taken for sending now: queued and due, or left by a worker that died."""
        now = timezone.now()
        return self.filter(
            Q(state=_S.QUEUED, next_try_at__lte=now) | Q(state=_S.SENDING, lease_until__lte=now)
        )

    def callable(self) -> Self:
        """What is or was to be told by phone if no channel delivers it; purged persons can't."""
        return self.filter(phone_if_unsent=True, contact__isnull=False, contact__purged_at=None)

    def to_phone(self) -> Self:
        """What no channel delivered and a person must still be told by phone."""
        return self.callable().filter(state__in=TO_PHONE)

    def for_user(self, user: Any) -> Self:
        """The messages of the units in which the user may phone people."""
        if user.is_active and user.is_superuser:
            return self
        return self.filter(unit__in=Unit.objects.where_may(user, "notify.change_message"))


class Message(models.Model):
    """通知: one message to one person over one channel, in the outbox.

    Written in the same transaction as what it tells, so neither is there without the other.
    """

    wagtail_reference_index_ignore = True

    unit = models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("收件人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    kind = models.CharField(_("类型"), max_length=32)
    channel = models.CharField(_("渠道"), max_length=8, choices=MessageChannel)
    subject = models.CharField(_("标题"), max_length=200)
    body = EncryptedTextField(_("内容"), blank=True)
    secret = EncryptedTextField(
        _("只告诉本人的内容"),
        blank=True,
        default="",
        help_text=_("如查询码：写在邮件末尾，名单和打印件上没有。"),
    )
    short = EncryptedTextField(
        _("短信内容"),
        blank=True,
        default="",
        editable=False,
        help_text=_("没有邮箱、留了手机号的人收到的文字；空则不发短信。"),
    )
    short_values = EncryptedTextField(
        _("短信模板的变量"),
        blank=True,
        default="",
        editable=False,
        help_text=_("JSON：变量名和它的值。"),
    )
    calendar = EncryptedTextField(
        _("日历附件"),
        blank=True,
        default="",
        editable=False,
        help_text=_("iCalendar 文本（RFC 5545），作为邮件的附件发出。"),
    )
    phone_if_unsent = models.BooleanField(
        _("发不出去时电话告知"),
        default=True,
        help_text=_("本人已经看到的（如网页上显示过的回执）不必再打电话。"),
    )
    is_urgent = models.BooleanField(
        _("先打"),
        default=False,
        help_text=_("有人等着答复，如递补的名额：排在电话告知名单最前面。"),
    )
    state = models.CharField(_("状态"), max_length=9, choices=MessageState)
    dedupe_key = models.CharField(max_length=120, unique=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("发送次数"), default=0, editable=False)
    next_try_at = models.DateTimeField(_("下次发送时间"), null=True, blank=True, editable=False)
    send_after = models.DateTimeField(_("最早发送时间"), null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True, editable=False)
    error = models.CharField(_("原因"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("生成时间"), default=timezone.now, editable=False)
    phoned_at = models.DateTimeField(_("告知时间"), null=True, blank=True, editable=False)
    phoned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("告知人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True, editable=False)
    phone_note = models.CharField(_("告知情况"), max_length=200, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        ordering = ["-pk"]
        default_permissions = ("change",)
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state=_S.QUEUED), name="message_queued"
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state=_S.SENDING), name="message_sending"
            ),
            models.Index(
                fields=["unit", "-is_urgent", "-id"],
                condition=Q(state__in=TO_PHONE, phone_if_unsent=True),
                name="message_to_phone",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=state, **{f"{field}__isnull": False})
                | (~Q(state=state) & Q(**{f"{field}__isnull": True})),
                name=f"message_{state.value}_has_{field}",
            )
            for state, field in (
                (_S.QUEUED, "next_try_at"),
                (_S.SENDING, "lease_until"),
                (_S.SENT, "sent_at"),
                (_S.PHONED, "phoned_at"),
                (_S.PHONED, "phoned_by"),
                (_S.WITHDRAWN, "withdrawn_at"),
            )
        ]

    def __str__(self) -> str:
        """For logs and the audit trail, which other units read too: no matter, no person."""
        return f"通知 {self.pk}"

    @property
    def is_to_phone(self) -> bool:
        """Whether a person must be told by phone."""
        purged = self.contact is None or self.contact.purged_at is not None
        return self.phone_if_unsent and self.state in TO_PHONE and not purged

    @property
    def reference(self) -> str:
        """What names the message to servers: 32 hex digits, the same whoever sends it again."""
        return hashlib.sha256(self.dedupe_key.encode()).hexdigest()[:32]

    @property
    def values(self) -> dict[str, str]:
        """What an SMS template is filled with, by name."""
        found: dict[str, str] = json.loads(self.short_values) if self.short_values else {}
        return found

    @property
    def waiting_since(self) -> datetime:
        """From when on it could have been sent."""
        return self.send_after or self.created_at

    @property
    def text(self) -> str:
        """All that the person is to know: the body, and then what is for nobody else."""
        return f"{self.body.rstrip()}\n\n{self.secret}\n" if self.secret else self.body
