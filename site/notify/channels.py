"""Which channel a message goes by: what is configured, what the person left, what is said."""

from collections.abc import Mapping

from django.conf import settings

from notify.enums import MessageChannel
from notify.sms.templates import is_ready
from people.models import Contact

_C = MessageChannel


def choose_channel(
    contact: Contact, *, kind: str, short: str, values: Mapping[str, str]
) -> MessageChannel:
    """E-mail where that can be, else SMS, else staff phone.

    SMS carries what has a short text, to mobile numbers of the mainland; landlines are phoned.
    """
    if is_configured(_C.EMAIL) and contact.email:
        return _C.EMAIL
    if is_configured(_C.SMS) and contact.mobile and short and is_ready(kind, values):
        return _C.SMS
    return _C.PHONE


def is_configured(channel: str) -> bool:
    """Whether the program can send over the channel at all (rule T2)."""
    switches = {_C.EMAIL: settings.NOTIFY_EMAIL, _C.SMS: settings.SMS_GATEWAY_URL}
    return bool(switches.get(MessageChannel(channel)))


def hindrance(channel: str, contact: Contact | None) -> str:
    """Why nothing can go to the person over the channel, for staff; empty if it can."""
    if channel == _C.PHONE:
        sends = is_configured(_C.EMAIL) or is_configured(_C.SMS)
        return "没有可用的发送渠道" if sends else "未配置发送渠道"
    if not is_configured(channel):
        return "未配置发送渠道"
    if channel == _C.SMS:
        return "" if contact and contact.mobile else "没有可用的手机号"
    return "" if contact and contact.email else "没有可用的邮箱地址"
