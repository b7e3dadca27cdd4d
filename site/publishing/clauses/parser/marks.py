"""The marker that a line may begin with.

A line is looked at alone here. Whether its number counts as a marker depends on the list it
stands in and is decided in `outline`. Most lines begin with a character that no marker
begins with and cost one look into a dictionary: that keeps the parser fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from publishing.clauses.parser.dates import DATE, is_date
from publishing.clauses.parser.numerals import (
    CHINESE,
    DIGITS,
    ROMAN_SIGNS,
    SIGNS,
    STEMS,
    chinese_number,
    roman_number,
)

Value = int | tuple[int, ...] | None
Mark = tuple[str, Value, int, bool]
"""What a line may begin with: family, value, where its label ends, whether it is doubtful."""


_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
UNITS = "年月日号时分秒个名条款项章节人元万亿千百十倍位家户次岁届周天级期%％‰度℃"

_ORDINAL = re.compile(
    rf"[第笫]([\s{CHINESE}{DIGITS}]{{1,14}})(分\s?编|编|篇|部\s?分|章|节|条)(之[一二三四五六七八九十]{{1,3}})?"
)
_ORDINAL_FAMILY = {"分": "subbook", "编": "book", "篇": "book", "部": "book"} | {
    "章": "chapter",
    "节": "section",
    "条": "article",
}
_FIRST = re.compile(rf"([{CHINESE}]{{1,6}})\s*([、.．﹒])")
_SECOND = re.compile(rf"[（(﹙]\s*([{CHINESE}]{{1,6}})\s*[）)﹚]\s*[、.．]?")
_BRACKETED = re.compile(rf"[（(﹙]\s*([{DIGITS}]{{1,3}})\s*[）)﹚]\s*[、.．]?")
_BRACKETED_LETTER = re.compile(r"[（(﹙]\s*([A-Za-z])\s*[）)﹚]")
_DIGITS = re.compile(
    rf"([{DIGITS}]{{1,3}})((?:[.．][{DIGITS}]{{1,3}}){{0,6}})(\s*)([.．、﹒)）]?)(?![{DIGITS}])"
)
_DIGITS_CLOSE = re.compile(rf"([{DIGITS}]{{1,3}})(\s*)([、﹒)）])")
_LETTER = re.compile(r"([A-Za-z]{1,5})\s*[.．、)）]")
_STEM = re.compile(r"([甲乙丙丁戊己庚辛壬癸])\s*[、.．]")
_ATTACHMENT = re.compile(
    rf"附\s*(件|录|表|图)?\s*([{DIGITS}]{{1,3}}|[一二三四五六七八九十]{{1,3}}(?!、))?\s*([:：.．、]?)"
)
_FOOTNOTE = re.compile(r"〔(?:注|尾注)([0-9]{1,5})〕")
_REFERENCE = re.compile(
    r"(?:[^\d，。；：、“”《》（）()]{1,24}[〔\[［（(【﹝][0-9０-９]{0,4}[〕\]］）)】﹞](?:第|字第)?"
    rf"[0-9０-９{CHINESE}]{{0,7}}号|[^，。；：、“”《》（）()]{{0,30}}第[0-9０-９{CHINESE}]{{1,7}}号)"
    r"(?:签发人[:：].{0,12})?"
)
_IMPRINT = re.compile(rf".{{0,60}}{DATE}(?:印发|印|发出|印制)")

# "第十四条规定的…", "第五条第二款…": the article is spoken of, it does not begin here.
_SPOKEN_OF = re.compile(
    r"[第、,，和至到与及或所的中之以]|规定|款|项|修改|改为|删去|增加|作为|\s*规定的"
)
_LIST_SPOKEN_OF = re.compile(
    r"[至到和或、及与]\s*[（(第]|[项目款](?:规定|所|的|情形|中|至|和|、|或|以|及|之|之一|内容)"
)


def _ordinal(text: str) -> Mark | None:
    match = _ORDINAL.match(text)
    if match is None:
        return None
    value = chinese_number(match.group(1))
    if value is None:
        return None
    family = _ORDINAL_FAMILY[match.group(2)[0]]
    rest = text[match.end() :]
    if family == "article":
        return _article(value, match, rest)
    if match.group(3) or len(rest) > 60 or "。" in rest or rest[-1:] in ("；", "：", "，", ":"):
        return None
    if rest and not rest[0].isspace() and (_SPOKEN_OF.match(rest) or len(rest) > 40):
        return None
    return family, value, match.end(), False


def _article(value: int, match: re.Match[str], rest: str) -> Mark | None:
    if not rest or rest[0].isspace() or rest[0] in "【［[:：":
        return "article", value, match.end(), False
    if rest[0] in "（(" and _SECOND.match(rest) is None:
        return "article", value, match.end(), False
    if _SPOKEN_OF.match(rest) or rest[0] in "（(":
        return None
    return "article", value, match.end(), match.group(3) is None


def _chinese(text: str) -> Mark | None:
    match = _FIRST.match(text)
    if match is None:
        return _special(text)
    value = chinese_number(match.group(1))
    if value is None:
        return None
    rest = text[match.end() :]
    following = re.match(rf"[{CHINESE}]+", rest)
    # "三、四线城市", "一、二、三等奖": numbers in a row, not a marker.
    if following and chinese_number(following.group()) == value + 1:
        return None
    return "first", value, match.end(), False


def _bracket(text: str) -> Mark | None:
    for family, pattern in (("second", _SECOND), ("bracketed", _BRACKETED)):
        match = pattern.match(text)
        if match:
            value = chinese_number(match.group(1))
            if value is None or _LIST_SPOKEN_OF.match(text, match.end()):
                return None
            return family, value, match.end(), False
    match = _BRACKETED_LETTER.match(text)
    if match:
        return "bracketletter", _letter_value(match.group(1)), match.end(), True
    return None


def _digit(text: str) -> Mark | None:
    match = _DIGITS.match(text) or _DIGITS_CLOSE.match(text)
    if match is None:
        return _special(text)
    groups = match.groups()
    more, sign = (groups[1], groups[3]) if len(groups) == 4 else ("", groups[2])
    rest = text[match.end() :]
    if more.strip():
        numbers = (groups[0], *more.replace("．", ".").strip(".").split("."))
        value = tuple(int(number) for number in numbers)
        return "decimal", value, match.end() if sign in ".．、" and sign else match.end(2), True
    number = int(groups[0])
    if sign in (")", "）"):
        return "half", number, match.end(), False
    if sign:
        doubtful = rest[:1].isdecimal() or (sign == "、" and rest[1:2] == "、")
        return "digit", number, match.end(), doubtful
    if rest and match.group(3) and rest[0] not in UNITS and not rest[0].isdecimal():
        return "digit", number, match.end(1), True
    return _special(text)


def _letter_value(letter: str) -> int:
    return ord(letter.lower()) - ord("a") + 1


def _letter(text: str) -> Mark | None:
    match = _LETTER.match(text)
    if match is None:
        return _special(text)
    written = match.group(1)
    if len(written) == 1:
        return "letter", _letter_value(written), match.end(), True
    value = roman_number(written)
    return None if value is None else ("roman", value, match.end(), True)


def _stem(text: str) -> Mark | None:
    match = _STEM.match(text)
    return None if match is None else ("stem", STEMS[match.group(1)], match.end(), True)


def _sign(text: str) -> Mark | None:
    family, value = SIGNS[text[0]]
    end = 2 if text[1:2] in ("、", ".", "．") and text[1:2] else 1
    return family, value, end, False


def _roman_sign(text: str) -> Mark | None:
    if text[1:2] not in (".", "．", "、", " ", "\u3000"):
        return None
    return "roman", ROMAN_SIGNS[text[0]], 1 if text[1].isspace() else 2, True


def _bullet(text: str) -> Mark | None:
    return ("bullet", None, 1, False) if len(text) > 1 else None


def _attachment(text: str) -> Mark | None:
    match = _ATTACHMENT.match(text)
    if match is None or not (match.group(1) or match.group(2) or match.group(3)):
        return None if text != "附" else ("attachment", None, 1, False)
    rest = text[match.end() :]
    number, sign = match.group(2), match.group(3)
    numbered = number is not None and number.isdecimal()
    apart = text[match.end() - 1].isspace() and len(rest) <= 60 and "。" not in rest
    # "附件三所列全国性法律", "附表中的": spoken of; "附件一 某某标准" begins one.
    if rest and not sign and not numbered and not apart:
        return None
    if rest and number and not sign and rest[0] in "中所的、和至）)":
        return None
    if sign == "、" and not number:
        return None
    value = chinese_number(number) if number else None
    return "attachment", value, match.end(), False


def _footnote(text: str) -> Mark | None:
    match = _FOOTNOTE.match(text)
    return None if match is None else ("footnote", int(match.group(1)), match.end(), False)


def _special(text: str) -> Mark | None:
    """A line known by its end: a reference (…号), a date (…日), an imprint (…印发)."""
    if len(text) > 80:
        return None
    squeezed = "".join(text.split())
    if is_date(squeezed):
        return "date", None, 0, False
    if squeezed.endswith(("印发", "印", "发出", "印制")) and _IMPRINT.fullmatch(squeezed):
        return "imprint", None, 0, False
    if "号" in squeezed and _REFERENCE.fullmatch(squeezed):
        return "reference", None, 0, False
    return None


STARTS: dict[str, Callable[[str], Mark | None]] = {
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", _letter),
    **dict.fromkeys(CHINESE, _chinese),
    **dict.fromkeys("0123456789０１２３４５６７８９", _digit),
    **dict.fromkeys("（(﹙", _bracket),
    **dict.fromkeys(SIGNS, _sign),
    **dict.fromkeys(ROMAN_SIGNS, _roman_sign),
    **dict.fromkeys(STEMS, _stem),
    **dict.fromkeys("•●■◆▪➢◦‣∙·◇", _bullet),
    "第": _ordinal,
    "笫": _ordinal,  # a slip that scanning and typing make often
    "附": _attachment,
    "〔": _footnote,
}
ENDS = frozenset("号日发印出制")


def last_look(text: str) -> Mark | None:
    """A line that begins like any other: its end may tell what it is."""
    if text[-1] in ENDS or (len(text) < 80 and "签发人" in text):
        return _special(text)
    return _behind_invisible(text) if text[0] in _INVISIBLE else None


def _behind_invisible(text: str) -> Mark | None:
    """The mark behind zero-width characters; they count as part of its label."""
    visible = text.lstrip(_INVISIBLE + " \u3000\t")
    look = STARTS.get(visible[:1])
    mark = look(visible) if look else None
    if mark is None:
        return None
    family, value, cut, weak = mark
    return family, value, cut + len(text) - len(visible) if cut else 0, weak
