"""Reads settings from the environment; what is missing ends in one line that names the mend."""

import os

from django.core.exceptions import ImproperlyConfigured


def required(name: str, mend: str) -> str:
    """The value of an environment variable.

    Raises:
        ImproperlyConfigured: it is unset or empty; the message names the variable and the mend.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"缺少环境变量 {name}。{mend}")
    return value


def optional(name: str, default: str = "") -> str:
    """The value of an environment variable, or the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off; anything else is refused."""
    value = optional(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"环境变量 {name} 只能是 1 或 0，现在是“{value}”。")


def listed(name: str) -> list[str]:
    """A comma-separated environment variable as a list without empty members."""
    return [part.strip() for part in optional(name).split(",") if part.strip()]


def one_of(name: str, default: str, *others: str) -> str:
    """One of the values that are known; the first is for an unset variable."""
    value, known = optional(name, default), tuple(dict.fromkeys((default, *others)))
    if value not in known:
        shown = "、".join(known)
        raise ImproperlyConfigured(f"环境变量 {name} 只能是 {shown}，现在是“{value}”。")
    return value


def number(name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
    """A whole number within bounds; anything else is refused."""
    value = optional(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value[:12]) <= most:
        raise ImproperlyConfigured(
            f"环境变量 {name} 必须是 {least} 到 {most} 之间的整数，现在是“{value}”。"
        )
    return int(value)
