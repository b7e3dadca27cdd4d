"""What the public may see of a person: 朱** and 138****1234 (rules.md G4)."""

import re
import unicodedata
from collections.abc import Callable

# Full-width digits and letters one for one, so that places in the text stay the same.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Nothing to mask without an @, seven digits near one another, or a number in words.
_MASKABLE = re.compile("[@＠]|(?:[0-9０-９][^0-9０-９]{0,3}){7}|[〇零一幺二三四五六七八九]{11}")
_GAP = r"[ \-\u00a0\u2010-\u2015\u3000]?"
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}")
# GB 11643: six digits of place, birth date, three of order, a check character.
_ID = re.compile(
    rf"(?<![0-9A-Za-z])\d{{6}}{_GAP}(?:18|19|20)\d{{2}}{_GAP}(?:0[1-9]|1[0-2])"
    rf"(?:0[1-9]|[12]\d|3[01]){_GAP}\d{{3}}[\dXx](?![0-9A-Za-z])"
)
_IN_BRACKETS = re.compile(r"(?<=.)[（(][^（()）]*[）)]\Z")
_CARD = re.compile(rf"(?<!\d)[3-6]\d{{3}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?!\d)")
# What people put between the parts of a number so that programs don't find it.
_BETWEEN = r"[\s\-\u2010-\u2015./_·•、，,]{0,2}"
_MOBILE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{_BETWEEN})?\(?1[3-9]\d\)?{_BETWEEN}\d{{4}}{_BETWEEN}\d{{4}}(?!\d)"
    r"|(?<!\d)1\s?[3-9](?:\s?\d){9}(?!\d)"
)
_SPELLED = re.compile("[一幺][三四五六七八九][〇零一幺二三四五六七八九]{9}")
_LANDLINE = re.compile(
    rf"(?<!\d)(?:\(0\d{{2,3}}\){_BETWEEN}|0\d{{2,3}}[ \-\u2010-\u2015])\d{{7,8}}(?!\d)"
    r"|(?<!\d)0\d{9,11}(?!\d)"
)


def mask_name(name: str, *, organisation: bool = False) -> str:
    """The first character and two stars; the ends of an organisation's name; 匿名 for none.

    A compound family name keeps its first character too: what is left must not tell who it is.
    An organisation keeps two characters at each end, since a shop's name often is its owner's;
    what stands in brackets behind the name is left out.
    """
    name = name.strip()
    if organisation:
        name = _IN_BRACKETS.sub("", name)
    if not name:
        return "匿名"
    if organisation and len(name) >= 6:
        return f"{name[:2]}**{name[-2:]}"
    marks = 1
    while marks < len(name) and unicodedata.category(name[marks]) in {"Mn", "Cf"}:
        marks += 1
    return f"{name[:marks]}**"


def mask_phone(phone: str) -> str:
    """Three digits, four stars, the last four; fewer where the number is short; empty for none."""
    number = phone.partition(";ext=")[0]
    digits = "".join(char for char in number.translate(_NARROW) if char.isdigit())
    if number.startswith("+86"):
        digits = digits[2:] if digits[2:3] == "1" and len(digits) == 13 else f"0{digits[2:]}"
    if not digits:
        return ""
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else f"{digits[:2]}****"


def mask_email(email: str) -> str:
    """The first character of the box, three stars, and the host; empty for none."""
    box, at, host = email.strip().partition("@")
    return f"{box[:1]}***@{host}" if at else ""


def mask_long(number: str) -> str:
    """The first three and last two characters of a long number, whatever stands between."""
    signs = "".join(char for char in number if char.isalnum())
    return f"{signs[:3]}{'*' * (len(signs) - 5)}{signs[-2:]}"


def mask_text(text: str) -> str:
    """Free text with e-mail addresses, ID, bank-card and phone numbers masked, else unchanged.

    Meant for what becomes public; a member of staff still reads it before (rule R2).
    """
    if not _MASKABLE.search(text):
        return text
    for pattern, mask in (
        (_EMAIL, mask_email),
        (_ID, mask_long),
        (_CARD, mask_long),
        (_MOBILE, _mask_mobile),
        (_SPELLED, _mask_spelled),
        (_LANDLINE, mask_phone),
    ):
        text = _replace(pattern, mask, text)
    return text


def _mask_mobile(number: str) -> str:
    """A mobile number without its country code, masked."""
    return mask_phone("".join(char for char in number if char.isdigit())[-11:])


def _mask_spelled(number: str) -> str:
    """A mobile number in Chinese numerals, with three at its start and four at its end."""
    return f"{number[:3]}****{number[-4:]}"


def _replace(pattern: re.Pattern[str], mask: Callable[[str], str], text: str) -> str:
    """Masks what the pattern finds in the text's half-width form, and keeps the rest as written."""
    pieces, end = [], 0
    narrow = text.translate(_NARROW)
    for match in pattern.finditer(narrow):
        pieces += [text[end : match.start()], mask(match.group())]
        end = match.end()
    return "".join([*pieces, text[end:]])
