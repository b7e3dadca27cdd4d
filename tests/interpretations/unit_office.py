"""A unit's rights on its column of interpretations."""

from typing import Any

from publishing.services import equip_unit


def equipped_office(unit: Any, column: Any) -> Any:
    """The unit, with its three groups and their rights below the column."""
    return equip_unit(unit=unit, column=column)
