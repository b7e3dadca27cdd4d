from dataclasses import dataclass
from enum import StrEnum

CONTEXT = 24
"""Characters of the text kept on either side of a find."""


class Kind(StrEnum):
    """What was found."""

    RESIDENT_ID = "resident_id"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Find:
    """One piece of personal data in a text.

    ``start`` and ``end`` are places in the text as it was given, ``written`` what stands there;
    ``value`` is the same however it is written (digits alone, X in capitals); ``masked`` is what
    may stand there instead. ``before`` and ``after`` are the words around it.
    """

    kind: Kind
    start: int
    end: int
    written: str
    value: str
    masked: str
    before: str
    after: str
