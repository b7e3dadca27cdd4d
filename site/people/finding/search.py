import re
from collections.abc import Iterator
from typing import NamedTuple

from people.finding.addresses import addresses
from people.finding.checks import (
    is_bank_card,
    is_mobile,
    is_old_resident_id,
    is_resident_id,
)
from people.finding.find import CONTEXT, Find, Kind
from people.finding.runs import Run, narrow, runs
from people.masking import mask_long, mask_phone

# How numbers without a strong check are grouped; what is grouped otherwise are several numbers.
_MOBILE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (5, 6), (3, 4, 2, 2)}
    | {(1,) * 11, (3, 2, 2, 2, 2), (3, 3, 3, 2)}
)
_OLD_ID_GROUPS = frozenset(
    {(15,), (6, 6, 3), (6, 2, 2, 2, 3), (6, 9), (12, 3), (3, 3, 3, 3, 3), (5, 5, 5), (4, 4, 4, 3)}
    | {(3, 3, 6, 3), (1,) * 15}
)
_AREA_CODES = ("0086", "86", "0")
# Eleven digits that are an amount, a count or an area.
_AMOUNT = re.compile(r"\s?(?:元|万|亿|人|户|吨|亩|公里|米|平方|立方|%|％|℃)")


class _Number(NamedTuple):
    kind: Kind
    value: str
    first: int  # the signs of the run, for the value and the country code before it
    last: int


def find_personal_data(text: str) -> list[Find]:
    """All finds in the text, in order; none overlaps another, a number goes before an address."""
    plain = narrow(text)
    found = [_number_find(text, run, number) for run in runs(plain) for number in _numbers(run)]
    taken = [(find.start, find.end) for find in found]
    found += _address_finds(text, plain, taken)
    return sorted(found, key=lambda find: find.start)


def _numbers(run: Run) -> Iterator[_Number]:
    """What the run holds, from its beginning: at each place the surest kind that fits."""
    sign = 0
    while sign + 11 <= len(run.signs):
        number = _number_at(run, sign)
        if number is None:
            sign += 1
        else:
            yield number
            sign = number.last


def _number_at(run: Run, sign: int) -> _Number | None:
    if not run.starts_at(sign):
        return None
    whole = _fits(run, sign, 18)
    if whole and is_resident_id(whole):
        return _Number(Kind.RESIDENT_ID, whole, sign, sign + 18)
    for code in ("", *_AREA_CODES):
        number = _mobile_at(run, sign, code)
        if number:
            return number
    for length in (19, 18, 17, 16):
        card = _fits(run, sign, length)
        if card and is_bank_card(card) and _is_card_written(run, sign, sign + length):
            return _Number(Kind.BANK_CARD, card, sign, sign + length)
    old = _fits(run, sign, 15)
    if old and is_old_resident_id(old) and _is_grouped(run, sign, sign + 15, _OLD_ID_GROUPS):
        return _Number(Kind.RESIDENT_ID, old, sign, sign + 15)
    return None


def _mobile_at(run: Run, sign: int, code: str) -> _Number | None:
    """A mobile number behind its country code, or the 0 that was once dialled before it."""
    first = sign + len(code)
    if run.signs[sign:first] != code:
        return None
    end = first + 11
    number = run.signs[first:end]
    if not is_mobile(number) or not run.ends_at(end):
        return None
    if not _is_grouped(run, first, end, _MOBILE_GROUPS):
        return None
    if _AMOUNT.match(run.text, run.places[end - 1] + 1):
        return None
    return _Number(Kind.MOBILE, number, sign, end)


def _fits(run: Run, sign: int, length: int) -> str:
    """So many signs from here, if a number can end behind them."""
    end = sign + length
    return run.signs[sign:end] if end <= len(run.signs) and run.ends_at(end) else ""


def _is_grouped(run: Run, first: int, end: int, known: frozenset[tuple[int, ...]]) -> bool:
    sizes = run.groups(first, end)
    if sizes not in known or run.breaks(first, end) > 1:
        return False
    return set(sizes) != {1} or run.is_whole_row(first, end)


def _is_card_written(run: Run, first: int, end: int) -> bool:
    """In one piece, by fours, threes or fives, or with the issuer's six digits apart."""
    sizes = run.groups(first, end)
    if run.breaks(first, end) > 1:
        return False
    if set(sizes) == {1}:
        return run.is_whole_row(first, end)
    if len(sizes) == 1:
        return True
    if sizes[0] == 6 and len(sizes) <= 5:
        return True
    return len(set(sizes[:-1])) == 1 and sizes[0] in {3, 4, 5, 8} and sizes[-1] <= sizes[0] + 3


def _number_find(text: str, run: Run, number: _Number) -> Find:
    start, end = run.places[number.first], run.places[number.last - 1] + 1
    if number.first == 0 and start and run.text[start - 1] == "+":
        start -= 1
    mask = mask_phone if number.kind is Kind.MOBILE else mask_long
    return _find(text, number.kind, start, end, number.value, mask(number.value))


def _address_finds(text: str, plain: str, taken: list[tuple[int, int]]) -> Iterator[Find]:
    ahead = iter([*taken, (len(text) + 1, len(text) + 1)])
    start, end = next(ahead)
    for address in addresses(plain):
        while end <= address.start:
            start, end = next(ahead)
        if start >= address.end:
            masked = f"{text[address.start : address.house]}****"
            value = "".join(plain[address.start : address.end].split())
            yield _find(text, Kind.ADDRESS, address.start, address.end, value, masked)


def _find(text: str, kind: Kind, start: int, end: int, value: str, masked: str) -> Find:
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Find(kind, start, end, text[start:end], value, masked, before, after)
