"""Whether a name that somebody wrote can be a person's whole name."""

import unicodedata

NOT_WHOLE = "请填写姓名全称，至少两个字。"
_LEAST = 2
# Spaces, punctuation, marks on a letter, symbols, control and format characters. Characters that
# this Python doesn't know yet count as letters: rare family names live in the newest blocks.
_NO_LETTER = ("Z", "P", "M", "S", "Cc", "Cf")


def is_whole_name(name: str) -> bool:
    """At least two letters: 王五, 阿·依, Li. A family name alone can't be checked at the door."""
    letters = (char for char in name if not unicodedata.category(char).startswith(_NO_LETTER))
    return sum(1 for _letter in letters) >= _LEAST
