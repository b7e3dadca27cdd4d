"""Runs of digits as people write numbers: grouped, spread, broken over lines, in any digits."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Every decimal digit of Unicode, the full-width ASCII signs and dashes, one character for one, so
# that places in the text stay the same; × and the Cyrillic and Greek Х are typed for X.
_DIGITS = {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(128, sys.maxunicode)
    if unicodedata.category(chr(code)) == "Nd"
}
_SIGNS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in _DIGITS}
_ALIKE = {**dict.fromkeys(map(ord, "×ХхΧχ"), "X"), **dict.fromkeys(map(ord, "‐‑‒–—―−－﹣ー"), "-")}
_NARROW = str.maketrans({**_DIGITS, **_SIGNS, **_ALIKE})
# Numbers said in words stand digit by digit, eleven and more in a row.
_NUMERALS = re.compile("[〇零○一幺壹二贰三叁四肆五伍六陆七柒八捌九玖]{11,}")
_NUMERAL = str.maketrans(
    "〇零○一幺壹二贰三叁四肆五伍六陆七柒八捌九玖", "000111223344556677889" + "9"
)
# What stands between the parts of one number; at most one line break, and never the tab that
# begins the next cell of a table.
_MARKS = r"[ \u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff\-_./·•()]"
_GAP = rf"(?:{_MARKS}{{1,3}}|{_MARKS}{{0,3}}\r?\n{_MARKS}{{0,3}})"
# The X of a resident's number ends a run.
_RUN = re.compile(rf"[0-9](?:{_GAP}?[0-9]){{10,}}(?:{_GAP}?[Xx])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Run:
    """The signs of one run and their places in the text; ``gaps[i]`` stands before sign ``i``."""

    signs: str
    places: tuple[int, ...]
    gaps: tuple[str, ...]
    text: str

    def starts_at(self, sign: int) -> bool:
        """Whether a number can begin here: no digit stands right before it."""
        return sign == 0 or bool(self.gaps[sign])

    def ends_at(self, sign: int) -> bool:
        """Whether a number can end before this sign."""
        return sign == len(self.signs) or bool(self.gaps[sign])

    def groups(self, start: int, end: int) -> tuple[int, ...]:
        """How the signs are grouped, as numbers of signs; a line break alone makes no group."""
        sizes, size = [], 0
        for sign in range(start, end):
            if sign > start and self.gaps[sign].strip("\r\n"):
                sizes.append(size)
                size = 0
            size += 1
        return (*sizes, size)

    def breaks(self, start: int, end: int) -> int:
        """Over how many line breaks the signs run."""
        return sum("\n" in gap for gap in self.gaps[start + 1 : end])

    def is_whole_row(self, first: int, end: int) -> bool:
        """Of signs spread one by one: whether the same mark parts them all, and none beyond."""
        inside = set(self.gaps[first + 1 : end])
        around = {self.gaps[first] if first else "", *self.gaps[end : end + 1]}
        return len({gap for gap in inside if gap.strip("\r\n")}) == 1 and not inside & around


def narrow(text: str) -> str:
    """The text of the same length with ASCII digits and signs in the place of others like them."""
    plain = text if text.isascii() else text.translate(_NARROW)
    return _NUMERALS.sub(lambda match: match.group().translate(_NUMERAL), plain)


def runs(plain: str) -> Iterator[Run]:
    """The runs of at least eleven digits in a narrow text, in order, none overlapping."""
    for match in _RUN.finditer(plain):
        found = match.group()
        signs, places, gaps, last = [], [], [], 0
        for at, sign in enumerate(found):
            if sign.isdigit() or (sign in "Xx" and at == len(found) - 1):
                signs.append(sign.upper())
                places.append(match.start() + at)
                gaps.append(found[last:at])
                last = at + 1
        yield Run("".join(signs), tuple(places), tuple(gaps), plain)
