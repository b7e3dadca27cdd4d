"""Where the elder version lies: the same site below a prefix (docs/decisions/elder-version.md)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import get_script_prefix, set_script_prefix

ELDER_PREFIX = "/elder"


def elder_prefix() -> str:
    """The script prefix of the elder version, with its slash at the end."""
    return f"{standard_prefix()}{ELDER_PREFIX.lstrip('/')}/"


@contextmanager
def script_prefix(prefix: str) -> Iterator[None]:
    """Addresses made inside begin with the prefix."""
    outer = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(outer)


@contextmanager
def standard_addresses() -> Iterator[None]:
    """Addresses made inside are those of the standard version, wherever they are asked from.

    For what outlives the visit: paper, mail, feeds, calendars, search engines.
    """
    with script_prefix(standard_prefix()):
        yield


def standard_prefix() -> str:
    """The script prefix of the standard version, with its slash at the end."""
    prefix = get_script_prefix()
    return prefix.removesuffix(f"{ELDER_PREFIX.lstrip('/')}/") if _is_elder(prefix) else prefix


def _is_elder(prefix: str) -> bool:
    return prefix.endswith(f"{ELDER_PREFIX}/")
