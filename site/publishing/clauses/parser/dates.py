"""Dates as documents write them: 2022年2月20日, 二○○四年六月十六日, ２０２２ 年 ２ 月 ２０ 日."""

from __future__ import annotations

import datetime
import re

from publishing.clauses.parser.numerals import chinese_number

_YEAR = r"[0-9０-９]{4}|[〇○零oO０Ｏ0一二三四五六七八九]{4}"
_NUMBER = r"[0-9０-９]{1,2}|[〇○零一二三四五六七八九十廿卅]{1,3}"
DATE = rf"(?:{_YEAR})年(?:{_NUMBER})月(?:{_NUMBER})日"

_PARTS = re.compile(rf"({_YEAR})年({_NUMBER})月({_NUMBER})日")
_ALONE = re.compile(rf"(?:{DATE}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})")
_DASHED = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")


def is_date(squeezed: str) -> bool:
    """Whether a text without white space is a date and nothing else."""
    return _ALONE.fullmatch(squeezed) is not None


def iso_date(text: str) -> str | None:
    """The first real date in the text as YYYY-MM-DD, None if there is none."""
    squeezed = "".join(text.split())
    for pattern in (_PARTS, _DASHED):
        for match in pattern.finditer(squeezed):
            year, month, day = (_value(group) for group in match.groups())
            try:
                return datetime.date(year, month, day).isoformat()
            except ValueError:
                continue
    return None


def _value(written: str) -> int:
    return chinese_number(written.replace("o", "〇").replace("O", "〇").replace("Ｏ", "〇")) or 0
