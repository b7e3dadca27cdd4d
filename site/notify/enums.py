from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageChannel(models.TextChoices):
    """By what a message goes: the program sends mails and short messages, staff phone."""

    EMAIL = "email", _("邮件")
    SMS = "sms", _("短信")
    PHONE = "phone", _("电话")


class MessageState(models.TextChoices):
    """How far a message has come. 未发送 and 发送失败 are on the unit's call list (rule T2)."""

    QUEUED = "queued", _("待发送")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")
    UNSENT = "unsent", _("未发送")
    PHONED = "phoned", _("已电话告知")
    WITHDRAWN = "withdrawn", _("已撤销")
