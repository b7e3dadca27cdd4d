"""The blocks of an interpretation; each says itself what it lacks before it may be public."""

from interpretations.blocks.body import InterpretationStreamBlock

__all__ = ["InterpretationStreamBlock"]
