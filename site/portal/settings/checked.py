"""Values that a production site can't do without, or not in this form; refused in one line."""

import ipaddress
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host

from portal.settings.env import listed, optional, required

_RANDOM = "可用 python3 -c 'import secrets; print(secrets.token_urlsafe(48))' 生成。"
_SHORTEST, _FEWEST_SIGNS = 32, 12
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"(?:\.{_LABEL}\.)?{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE)


def secret(name: str) -> str:
    """A secret, or several with commas, long enough and drawn at random as far as one can see.

    Raises:
        ImproperlyConfigured: it isn't; so do all the functions below.
    """
    value = required(name, _RANDOM)
    for key in filter(None, map(str.strip, value.split(","))):
        if len(key) < _SHORTEST:
            raise ImproperlyConfigured(f"环境变量 {name} 太短，至少 {_SHORTEST} 个字符。{_RANDOM}")
        if len(set(key)) < _FEWEST_SIGNS or key.startswith("django-insecure"):
            raise ImproperlyConfigured(f"环境变量 {name} 不是随机生成的，容易被猜到。{_RANDOM}")
    return value


def all_different(**secrets: str) -> None:
    """Each for one thing: who learns one has not learnt the others."""
    names: dict[str, str] = {}
    for name, value in secrets.items():
        if names.setdefault(value, name) != name:
            raise ImproperlyConfigured(
                f"环境变量 {name} 与 {names[value]} 相同，每个密钥须不同。{_RANDOM}"
            )


def hosts(name: str) -> list[str]:
    """The names of the site: whole ones, or with a dot in front for all names below one."""
    found = listed(name)
    if not found or "*" in found:
        raise ImproperlyConfigured(f"请用环境变量 {name} 列出网站域名（逗号分隔），不能用 *。")
    for host in found:
        if not _HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"环境变量 {name} 中的“{host}”不是域名，"
                "应类似 minyi.example.org，不带 https:// 和路径。"
            )
    return found


def base_url(name: str, allowed: list[str]) -> str:
    """The address that mails hold: HTTPS, and one of the site's names."""
    value = optional(name, f"https://{allowed[0].lstrip('.')}")
    if not value.startswith("https://"):
        raise ImproperlyConfigured(f"环境变量 {name} 必须以 https:// 开头。")
    if not validate_host(urlsplit(value).hostname or "", allowed):
        raise ImproperlyConfigured(f"环境变量 {name} 的域名不在 ALLOWED_HOSTS 之中。")
    return value


def database(name: str) -> dict[str, Any]:
    """A PostgreSQL database, from its address."""
    value = required(name, "例如 postgres://用户:密码@主机:5432/库名")
    if not value.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{name} 必须是 PostgreSQL 地址，以 postgres:// 开头。")
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(value))
    except ValueError:
        raise ImproperlyConfigured(
            f"环境变量 {name} 无法识别，应类似 postgres://用户:密码@主机:5432/库名，"
            "密码中的特殊字符须用 %XX 表示。"
        ) from None
    if not parsed["NAME"]:
        raise ImproperlyConfigured(f"环境变量 {name} 没有写库名，应以 /库名 结尾。")
    return parsed


def redis_url(name: str) -> str:
    """The address of Redis."""
    value = required(name, "例如 redis://127.0.0.1:6379/0")
    if not value.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(f"环境变量 {name} 应以 redis:// 开头。")
    return value


def folders(media: str, private: str, static: str) -> None:
    """Three absolute paths, none of them inside of another."""
    named = {"MEDIA_ROOT": media, "PRIVATE_ROOT": private, "STATIC_ROOT": static}
    for name, path in named.items():
        if not Path(path).is_absolute():
            raise ImproperlyConfigured(f"环境变量 {name} 须是绝对路径，现在是“{path}”。")
    places = {name: Path(path).resolve() for name, path in named.items()}
    for inner, place in places.items():
        for outer, around in places.items():
            if inner != outer and place.is_relative_to(around):
                raise ImproperlyConfigured(
                    f"{inner} 不能在 {outer} 之内：公开与不公开的文件须分开存放。"
                )


def https_url(name: str, mend: str) -> str:
    """An address that is spoken to in secret."""
    value = required(name, mend)
    if not value.startswith("https://"):
        raise ImproperlyConfigured(f"环境变量 {name} 必须以 https:// 开头。")
    return value


def sender(name: str) -> str:
    """Whom mails are from: an address, or a name with one in angle brackets."""
    value = required(name, "发件人地址，例如 公开邮箱@域名")
    try:
        validate_email(parseaddr(value)[1] if value.isprintable() else "")
    except ValidationError:
        raise ImproperlyConfigured(f"环境变量 {name} 不是邮箱地址，应类似 minyi@域名。") from None
    return value


def is_loopback(host: str) -> bool:
    """Whether mail handed to the host stays on this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
