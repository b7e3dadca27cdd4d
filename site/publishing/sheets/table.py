"""A table for a file, before anything is said of the file's format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and whether people typed what stands in it
    (what the program makes needs no cleaning)."""

    heading: str
    width: int
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for a file: title, lines above it, columns, and rows made while they are written."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    above: Sequence[str] = field(default_factory=tuple)
