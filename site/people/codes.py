"""Query codes: Crockford's base32 with its check character (www.crockford.com/base32.html).

Thirteen data characters are 65 random bits. The check character has 37 values, five of which are
signs that people can't dictate, so a code is drawn again until its check is an ordinary one.
"""

import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA_LENGTH = 13
LENGTH = DATA_LENGTH + 1
_CHECKS = f"{ALPHABET}*~$=U"
_LOOKALIKES = str.maketrans("OIL", "011")


class CodeMistyped(ValidationError):
    """A code whose form or check character shows that it was mistyped; it is not looked up."""

    def __init__(self) -> None:
        super().__init__(_("查询码输入有误，请核对后重新填写。"), code="mistyped")


def draw_code() -> str:
    """A new code in its canonical form: 14 characters of the alphabet, no separators."""
    while True:
        number = secrets.randbits(5 * DATA_LENGTH)
        check = _CHECKS[number % 37]
        if check in ALPHABET:
            return _encode(number) + check


def format_code(code: str) -> str:
    """The code in groups for reading: ABCDE-FGHJK-MNPQ."""
    return "-".join([code[:5], code[5:10], code[10:]])


def clean_code(text: str) -> str:
    """The canonical form of a code as people type it; raises CodeMistyped.

    Case, width, spaces and dashes don't matter; O is 0, I and L are 1.
    """
    code = read_code(text)
    if len(code) != LENGTH or any(char not in ALPHABET for char in code):
        raise CodeMistyped
    number = 0
    for char in code[:DATA_LENGTH]:
        number = number * 32 + ALPHABET.index(char)
    if _CHECKS[number % 37] != code[DATA_LENGTH]:
        raise CodeMistyped
    return code


def read_code(text: str) -> str:
    """A code of the alphabet in whatever writing; nothing says that it is one."""
    return fold(text).translate(_LOOKALIKES)


def fold(text: str) -> str:
    """Half-width capitals and digits without spaces, dashes and other marks between them."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in wide if char.isalnum())


def _encode(number: int) -> str:
    """A number as 13 characters of five bits, the highest first."""
    shifts = range(5 * (DATA_LENGTH - 1), -1, -5)
    return "".join(ALPHABET[number >> shift & 31] for shift in shifts)
