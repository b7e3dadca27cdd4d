"""The SMS gateway, whole or not at all; what is half or unsafe is refused in one line."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from portal.settings.checked import is_loopback
from portal.settings.env import optional, required

_NONE = "不发短信则清空 SMS_ 开头的各项。"
_SHORTEST, _LONGEST = 2, 20
_EXAMPLE = '{"reminder": {"id": "模板编号", "values": ["变量名"]}}'


def gateway_url(name: str) -> str:
    """The address of the gateway: https, or http on this machine; empty for no SMS.

    Raises:
        ImproperlyConfigured: it is neither; so do all the functions below.
    """
    value = optional(name)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise ImproperlyConfigured(f"环境变量 {name} 不是网址。{_NONE}") from None
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise ImproperlyConfigured(
            f"环境变量 {name} 必须以 https:// 开头（本机上的网关可用 http://127.0.0.1）。"
        )
    plain = value.isascii() and value.isprintable() and " " not in value
    if not host or not plain or parts.query or parts.fragment or parts.username is not None:
        raise ImproperlyConfigured(
            f"环境变量 {name} 应类似 https://短信网关/send，不带账号、? 和 # 之后的部分。"
        )
    return value


def whole(url: str, *names: str) -> list[str]:
    """The values that a gateway needs besides its address; none of them without one."""
    if url:
        return [
            required(name, f"短信平台提供，须与 SMS_GATEWAY_URL 一起填写；{_NONE}")
            for name in names
        ]
    for name in (*names, "SMS_TEMPLATES"):
        if optional(name):
            raise ImproperlyConfigured(
                f"设置了 {name} 而没有 SMS_GATEWAY_URL：请填写短信网关的地址；{_NONE}"
            )
    return ["" for _name in names]


def signature(value: str) -> str:
    """短信签名 without its brackets."""
    name = value.removeprefix("【").removesuffix("】").strip()
    fits = _SHORTEST <= len(name) <= _LONGEST and name.isprintable()
    if value and (not fits or "【" in name or "】" in name):
        raise ImproperlyConfigured(
            "环境变量 SMS_SIGNATURE 应是已报备的短信签名，2 到 20 个字，例如 【社溪镇】。"
        )
    return name


def templates(name: str) -> dict[str, dict[str, Any]]:
    """Which template each kind of message has; empty where the gateway takes free text."""
    value = optional(name)
    if not value:
        return {}
    try:
        found = json.loads(value)
        pairs = [(kind, one["id"], list(one["values"])) for kind, one in found.items()]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ImproperlyConfigured(f"环境变量 {name} 无法识别，应类似 {_EXAMPLE}。") from None
    for kind, number, names in pairs:
        if not all(isinstance(text, str) and text for text in (kind, number, *names)):
            raise ImproperlyConfigured(
                f"环境变量 {name} 中“{kind}”的 id 和 values 须是文字，应类似 {_EXAMPLE}。"
            )
    return {kind: {"id": number, "values": names} for kind, number, names in pairs}
