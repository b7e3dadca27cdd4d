"""Which channel a message goes by: what is configured, and what the person left."""

from django.conf import settings

from notify.enums import MessageChannel
from people.models import Contact

_C = MessageChannel
NOT_CONFIGURED = "未配置发送渠道"
_NO_ADDRESS = {_C.EMAIL: "没有可用的邮箱地址", _C.PHONE: "没有可用的邮箱地址"}


def choose_channel(contact: Contact) -> MessageChannel:
    """E-mail where that can be, else staff phone."""
    return _C.EMAIL if is_configured(_C.EMAIL) and contact.email else _C.PHONE


def is_configured(channel: str) -> bool:
    """Whether the program can send over the channel at all (rule T2)."""
    return bool(channel == _C.EMAIL and settings.NOTIFY_EMAIL)


def hindrance(channel: str, contact: Contact | None) -> str:
    """Why nothing can go to the person over the channel, for staff; empty if it can."""
    if channel != _C.PHONE and not is_configured(channel):
        return NOT_CONFIGURED
    if channel == _C.PHONE and not is_configured(_C.EMAIL):
        return NOT_CONFIGURED
    if channel == _C.PHONE or contact is None or not contact.email:
        return _NO_ADDRESS[MessageChannel(channel)]
    return ""
