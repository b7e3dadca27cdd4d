"""Numbers as official documents write them: 二十三, 二〇二二, １２, ⑫, ㈢, Ⅳ, 甲."""

from __future__ import annotations

# What may stand in a Chinese number; the circle of 二○○四 is written in several ways.
CHINESE = "〇○零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰廿卅"
DIGITS = "0-9０-９"

_VALUES = {
    **dict.fromkeys("〇○零ＯO0０", 0),
    **{character: index for index, character in enumerate("一二三四五六七八九", start=1)},
    **{character: index for index, character in enumerate("壹贰叁肆伍陆柒捌玖", start=1)},
    "两": 2,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000}
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def chinese_number(written: str) -> int | None:
    """The value of 二十三, 一百零二, 二〇二二, 廿三 or 23; None if it is no number."""
    written = "".join(written.split()).replace("廿", "二十").replace("卅", "三十")
    if not written:
        return None
    if written.isdecimal():
        return int(written)
    if not any(character in _TENS for character in written):
        return _digit_by_digit(written)
    total, digit = 0, None
    for character in written:
        if character in _VALUES:
            digit = _VALUES[character]
        elif character in _TENS:
            total += (1 if digit is None else digit) * _TENS[character]
            digit = 0
        else:
            return None
    return total + (digit or 0)


def _digit_by_digit(written: str) -> int | None:
    value = 0
    for character in written:
        if character not in _VALUES:
            return None
        value = value * 10 + _VALUES[character]
    return value


def _signs() -> dict[str, tuple[str, int]]:
    """Numbers that are one character: what family of marker it makes, and its value."""
    runs = (
        ("①", 20, 1, "circled"),
        ("㉑", 15, 21, "circled"),
        ("㊱", 15, 36, "circled"),
        ("❶", 10, 1, "circled"),
        ("➀", 10, 1, "circled"),
        ("⑴", 20, 1, "bracketed"),
        ("⒈", 20, 1, "digit"),
        ("㈠", 10, 1, "second"),
    )
    return {
        chr(ord(start) + offset): (family, first + offset)
        for start, length, first, family in runs
        for offset in range(length)
    }


SIGNS = _signs()
STEMS = {character: index for index, character in enumerate(_STEMS, start=1)}
ROMAN_SIGNS = {chr(ord("Ⅰ") + offset): offset + 1 for offset in range(12)} | {
    chr(ord("ⅰ") + offset): offset + 1 for offset in range(12)
}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def roman_number(written: str) -> int | None:
    """The value of iv or IV (to 89), None for letters that make no such number."""
    total, before = 0, 0
    for character in reversed(written.lower()):
        value = _ROMAN.get(character)
        if value is None:
            return None
        total += value if value >= before else -value
        before = max(before, value)
    return total if total > 0 and written.lower() == _roman(total) else None


def _roman(value: int) -> str:
    steps = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for size, sign in steps:
        while value >= size:
            written += sign
            value -= size
    return written
