from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters. Only what is necessary and missing makes ``doctor`` fail."""

    FINE = "正常"
    NOTE = "注意"
    MISSING = "缺失"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was found, and what follows from it or what to do."""

    level: Level
    subject: str
    message: str


def fine(subject: str, message: str) -> Finding:
    """All is as it should be."""
    return Finding(Level.FINE, subject, message)


def note(subject: str, message: str) -> Finding:
    """It works, but somebody should know."""
    return Finding(Level.NOTE, subject, message)


def missing(subject: str, message: str) -> Finding:
    """It doesn't work, or isn't safe, until this is mended."""
    return Finding(Level.MISSING, subject, message)
