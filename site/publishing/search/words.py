"""How text and queries are cut for the index: no dictionary, no locale, no database.

Chinese writes no spaces, so every two neighbouring characters are a token (a bigram); a query is
found where its bigrams stand and its text stands in the same order. Words of other scripts and
numbers are tokens as they are. Nothing but letters and digits gets through, so no operator or
quote that a person types can mean anything to a database.
"""

import re
import unicodedata
from typing import NamedTuple

# Scripts that are written without spaces: Han with radicals, 々〇 and numerals, compatibility
# forms and all extensions (planes 2 and 3); kana; bopomofo; Yi.
_RUN = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3040-\u3098\u309d-\u30fa\u30fc-\u318f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\uf900-\ufaff\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff"
)
# Vowel signs and diacritics that belong to the letter before them (Latin, Tibetan, Mongolian).
_MARKS = "\u0300-\u036f\u0f35\u0f37\u0f39\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc\u18a9"
_UNITS = re.compile(f"[{_RUN}]+|(?:(?![{_RUN}])[^\\W_]|[{_MARKS}])+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
# A typesetter's space inside a word ("标准 目录", "组　　长"); a line end is none.
_SPREAD = re.compile(f"(?<=[{_RUN}])[^\\S\n\r]+(?=[{_RUN}])")

MAX_WORDS = 64
"""How many words of one query are looked for; further ones would only narrow the result."""


class Word(NamedTuple):
    """One word of a query, between spaces: the units that must follow one another."""

    units: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """What stands in a `plain` text that contains the word: an open end only beside a run."""
        left = "" if is_run(self.units[0]) else " "
        right = "" if is_run(self.units[-1]) else " "
        return f"{left}{' '.join(self.units)}{right}"


def is_run(unit: str) -> bool:
    """Whether the unit is of a script without spaces, so that a word may begin inside of it."""
    return re.match(f"[{_RUN}]", unit) is not None


def units(text: str) -> list[str]:
    """The runs of Chinese and the words of other scripts, in order, in one form of writing.

    Compatibility forms (full width, circled numbers, radicals) and case make no difference.
    """
    plain_form = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    return _UNITS.findall(_SPREAD.sub("", plain_form))


def plain(text: str) -> str:
    """The units with one space around each: the text that `Word.pattern` is looked up in."""
    return f" {' '.join(units(text))} "


def tokens(text: str) -> list[str]:
    """What the text is indexed under, in order: the bigrams and the last character of each run."""
    found: list[str] = []
    for unit in units(text):
        found.extend([*_bigrams(unit), unit[-1]] if is_run(unit) else [unit])
    return found


def words(query: str) -> list[Word]:
    """The words of a query, each once; empty where nothing can be looked for."""
    parts = (Word(tuple(units(part))) for part in query.split())
    return list(dict.fromkeys(word for word in parts if word.units))[:MAX_WORDS]


def lexemes(unit: str) -> tuple[list[str], bool]:
    """The tokens under which a unit is found, and whether the only one is a beginning of others."""
    if not is_run(unit):
        return [unit], False
    return (_bigrams(unit), False) if len(unit) > 1 else ([unit], True)


def _bigrams(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
