"""What changes the ground: one verb a function, keyword-only, one transaction each."""

from publishing.services.units import equip_unit, set_up_unit

__all__ = ["equip_unit", "set_up_unit"]
