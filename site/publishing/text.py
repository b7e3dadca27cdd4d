"""What people type or paste, made safe to keep and to hand on.

Cleaning takes away only what nobody can see or mean; refusing is left for what can't be mended.
Lengths are counted in characters (code points) after cleaning, as Django's validators count.
"""

import html
import re
import unicodedata
from typing import NamedTuple

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

_PLANES = range(0, 0x110000, 0x10000)
_PLANE_ENDS = "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in _PLANES)
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")

# Out, wherever they stand: control characters but tab and line feed; lone surrogates;
# noncharacters (Unicode 23.7); bidi embeddings, overrides, isolates (UAX #9); zero-width space,
# word joiner, and byte order mark, which Chinese never needs and which hide words from a search.
# Kept: joiners (emoji, Mongolian, Uyghur), variation selectors (rare forms of Han), tags (flags).
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\ud800-\udfff"
    f"\ufdd0-\ufdef{_PLANE_ENDS}"
    "\u202a-\u202e\u2066-\u2069"
    "\u200b\u2060\ufeff]"
)

# Of these the ones that no XML, and no database, takes.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

# Characters that leave no mark although Unicode doesn't class them as spaces or format characters.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

# XML 1.0, production [2] Char: what is outside can't stand in an XLSX, DOCX or RSS file.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# A cell that begins so is taken for a formula (OWASP, "CSV Injection"); Chinese and Japanese
# spreadsheets take the full-width forms for the same.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")


SHEET_CELL_LIMIT = 32_767
"""UTF-16 units that a cell of an XLSX file holds; openpyxl cuts off the rest without a word."""


class TextRefused(Exception):
    """A text that cleaning alone can't make acceptable; `message` says to the writer what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TextMissing(TextRefused):
    """Nothing visible was written."""

    def __init__(self) -> None:
        super().__init__(_("请填写内容：收到的内容是空的，或者只有看不见的字符。"))


class TextTooLong(TextRefused):
    """More characters than allowed; nothing was cut off."""

    def __init__(self, length: int, limit: int) -> None:
        template = _("内容共 {length} 字，超出上限 {limit} 字，请删减 {excess} 字后再提交。")
        super().__init__(template.format(length=length, limit=limit, excess=length - limit))
        self.length = length
        self.limit = limit


class SheetText(NamedTuple):
    """A text for one cell of a spreadsheet, and whether a program might run it as a formula."""

    text: str
    formula_like: bool


def clean_text(value: str) -> str:
    """The text without what can't be seen: NFC, lines ended by \\n, no control, override, BOM.

    Text with nothing visible in it comes back as "". Idempotent. Spaces, also outer ones, stay.
    """
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", value)))
    return text if any(map(_is_visible, text)) else ""


def without_gaps(value: str) -> str:
    """The text with another sign in the place of each that can't be stored: none goes, so that
    places in it stay the same."""
    return _UNSTORABLE.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else " ", value)


def rich_text_words(value: str) -> str:
    """What a reader sees of a rich text, without tags; "" if nothing: "<p>&nbsp;</p>" says none."""
    return clean_text(html.unescape(strip_tags(value))).strip()


def require_text(value: str, *, limit: int) -> str:
    """The cleaned text; raises TextMissing if nothing is left, TextTooLong past the limit."""
    text = clean_text(value)
    if not text:
        raise TextMissing
    if len(text) > limit:
        raise TextTooLong(len(text), limit)
    return text


def safe_sheet_text(value: str) -> SheetText:
    """A text for a cell of an XLSX or DOCX file: legal XML; write it as a string, never parsed.

    The mark is about the text that is left: what hid a leading = is gone by then.
    """
    text = _NOT_XML.sub("", value)
    return SheetText(text, _FORMULA.match(text) is not None)


def sheet_pieces(value: str) -> list[SheetText]:
    """The same as `safe_sheet_text` in pieces that fit a cell each, so that nothing is cut off.

    Joined, the pieces are the text. Short text is one piece, also when it is empty.
    """
    text = _NOT_XML.sub("", value)
    pieces, start, units = [], 0, 0
    for end, char in enumerate(text):
        width = 1 + (char > "\uffff")
        if units + width > SHEET_CELL_LIMIT:
            pieces.append(text[start:end])
            start, units = end, 0
        units += width
    return [safe_sheet_text(piece) for piece in [*pieces, text[start:]]]


def csv_cell(value: str) -> str:
    """A text for a cell of a CSV file: what looks like a formula gets a leading apostrophe.

    Quoting commas and line ends stays with the csv module. Idempotent.
    """
    text, formula_like = safe_sheet_text(value)
    return f"'{text}" if formula_like else text


def _is_visible(char: str) -> bool:
    """Whether a reader would see the character at all, on its own."""
    if char.isspace() or char in _BLANKS:
        return False
    if unicodedata.name(char, "").startswith(("VARIATION SELECTOR", "MONGOLIAN FREE VARIATION")):
        return False
    return unicodedata.category(char) not in {"Cf", "Cc", "Cs"}
