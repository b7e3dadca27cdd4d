"""Whether digits are a number that was really given out, as far as the number itself tells."""

import re
from datetime import date

# GB/T 2260: the provinces; 81 to 83 stand in residence permits of Hong Kong, Macao, Taiwan.
_PROVINCES = frozenset(
    f"{number}"
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (81, 83))
    for number in range(first, last + 1)
) | {"71"}
# GB 11643: weights and check characters (ISO 7064, MOD 11-2).
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_EARLIEST = date(1900, 1, 1)
# Cards as they are issued in China: UnionPay (62, 81), the older ones of single banks, and the
# foreign brands; Amex and Diners have fewer digits and are not looked for.
_ISSUERS = re.compile(
    r"62|81|9558|940|9666|9688|6013|6029|603|6858|6907|4|5[1-5]|35(?:2[89]|[3-8])"
    r"|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"
)
_LUHN = tuple(sum(divmod(2 * digit, 10)) for digit in range(10))


def is_resident_id(signs: str) -> bool:
    """18 signs with a province, a day of birth that was, and the right check character."""
    if len(signs) != 18 or signs[:2] not in _PROVINCES or not signs[:17].isdigit():
        return False
    if _CHECK[sum(map(_product, signs, _WEIGHTS)) % 11] != signs[17]:
        return False
    return _was_born(signs[6:10], signs[10:12], signs[12:14])


def is_old_resident_id(signs: str) -> bool:
    """15 digits, as given out until 1999: a province and a day of birth of the last century."""
    if len(signs) != 15 or signs[:2] not in _PROVINCES or not signs.isdigit():
        return False
    return _was_born(f"19{signs[6:8]}", signs[8:10], signs[10:12])


def is_mobile(signs: str) -> bool:
    """11 digits as the mainland's mobile numbers begin."""
    return len(signs) == 11 and signs[0] == "1" and signs[1] in "3456789" and signs.isdigit()


def is_bank_card(signs: str) -> bool:
    """16 to 19 digits of a known issuer with the right check digit (ISO/IEC 7812-1, Luhn)."""
    if not 16 <= len(signs) <= 19 or not signs.isdigit() or not _ISSUERS.match(signs):
        return False
    if signs == signs[0] * len(signs):
        return False
    backwards = [int(sign) for sign in signs[::-1]]
    total = sum(backwards[::2]) + sum(_LUHN[digit] for digit in backwards[1::2])
    return total % 10 == 0


def _product(sign: str, weight: int) -> int:
    return int(sign) * weight


def _was_born(year: str, month: str, day: str) -> bool:
    try:
        born = date(int(year), int(month), int(day))
    except ValueError:
        return False
    return _EARLIEST <= born <= date.today()
