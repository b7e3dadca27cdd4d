"""Home addresses, as far as patterns go: a chain of places that ends in a house or a flat.

What tells a home from a place of works ("某村3组道路硬化") is the number of a house, or a word such
as 住 before it; what tells it from an office is the office's name behind it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = r"(?:[0-9]{1,5}(?:-[0-9]{1,4}){0,2}|[一二三四五六七八九十百]{1,4})"
_UNIT = r"(?:村民小组|村民组|小组|号院|号楼|号|弄|栋|幢|座|单元|组|社|队|层|楼|室|户)"
_TAIL = re.compile(
    rf"(?:[第附]?{_NUMBER} ?{_UNIT}(?:内|之[一二三四五六七八九十])?){{1,6}}(?:[0-9]{{3,4}})?"
)
_LONGEST = 40
_NOT_A_PLACE = re.compile(r"[^\u4e00-\u9fff0-9]")
_LIVES = re.compile(
    r"住址|住所|住在|住于|现住|家住|居住地|居住|户籍|籍贯|家庭地址|通讯地址|地址|位于|住"
)
_HOME = re.compile("住|家庭|户籍|籍贯")
_AREA = re.compile(r"(?:省|自治区|州|盟|市|县|区|旗|镇|乡|街道)")
_LOCAL = re.compile(
    r"(?:村|社区|居委会|路|街|巷|弄|胡同|大道|道|小区|花园|家园|公寓|苑|庄|屯|里|坊|寨|湾|坪|园|城|院)$"
)
_HOUSE = re.compile("[号室户栋幢座]|单元")
_OFFICE = re.compile(
    "政府|委员会|管委会|服务中心|服务站|政务|窗口|大厅|办公室|办公楼|派出所|法院|检察院"
    "|学校|小学|中学|医院|卫生|银行|公司|局|所$|站$|馆|中心|文件|办理|会议室|镇政|党群"
)
_BEHIND = 12


class Address(NamedTuple):
    """Where an address stands, and where the part begins that leads to the house."""

    start: int
    house: int
    end: int


def addresses(plain: str) -> Iterator[Address]:
    """The home addresses in a narrow text, in order."""
    for tail in _TAIL.finditer(plain):
        start, is_home = _start(plain, tail.start())
        places = plain[start : tail.start()]
        if not _LOCAL.search(places) or not _AREA.search(places[:-1]):
            continue
        if not (is_home or _HOUSE.search(tail.group())):
            continue
        if _OFFICE.search(places) or _OFFICE.search(_words_behind(plain, tail.end())):
            continue
        yield Address(start, tail.start(), tail.end())


def _start(plain: str, end: int) -> tuple[int, bool]:
    """Where the chain of places that ends here begins, and whether it is called a home."""
    first = max(0, end - _LONGEST)
    for match in _NOT_A_PLACE.finditer(plain, first, end):
        first = match.end()
    lead = plain[max(0, first - 6) : first]
    for match in _LIVES.finditer(plain, first, end):
        lead, first = match.group(), match.end()
    return first, bool(_HOME.search(lead))


def _words_behind(plain: str, end: int) -> str:
    behind = plain[end : end + _BEHIND]
    stop = _NOT_A_PLACE.search(behind)
    return behind[: stop.start()] if stop else behind
