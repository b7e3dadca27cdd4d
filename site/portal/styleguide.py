"""The samples that /styleguide/ shows: one context for each component."""

from typing import Any


def samples() -> dict[str, Any]:
    """The context of portal/styleguide.html."""
    return {}
