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


def number(name: str, default: int) -> int:
    """A whole number that isn't negative; anything else is refused."""
    value = optional(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"环境变量 {name} 必须是整数，现在是“{value}”。")
    return int(value)
