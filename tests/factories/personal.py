"""Invented numbers that are formally right, in the writings that people use, by a seed.

Resident numbers stand under the area code 110199, which no place has ever had; mobile numbers are
138 with eight drawn digits; card numbers are drawn too.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

Writing = Callable[[str, Random], str]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ISSUERS = (
    "622202",
    "621799",
    "623052",
    "601382",
    "603367",
    "955880",
    "436742",
    "520108",
    "810000",
)
_AROUND = [
    ("联系人电话", "，请及时联系。"),
    ("（身份证号：", "）"),
    ("2026年第3号\n", "\n附件1"),
    ("户名某某，账号 ", " 。"),
    ("1. ", "；2. 其他"),
    ("ID", "等"),
    ("", ""),
]


def make_resident_id(random: Random) -> str:
    """18 signs with their check character."""
    born = date(1930, 1, 1) + timedelta(days=random.randrange(34_000))
    seventeen = f"110199{born:%Y%m%d}{random.randrange(1, 1000):03}"
    total = sum(int(sign) * weight for sign, weight in zip(seventeen, _WEIGHTS, strict=True))
    return seventeen + "10X98765432"[total % 11]


def make_old_resident_id(random: Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=random.randrange(25_000))
    return f"110199{born:%y%m%d}{random.randrange(1, 1000):03}"


def make_mobile(random: Random) -> str:
    return f"138{random.randrange(10**8):08}"


def make_bank_card(random: Random) -> str:
    """16 to 19 digits with their check digit."""
    issuer = random.choice(_ISSUERS)
    length = 16 if issuer[0] in "45" else random.choice((16, 17, 18, 19, 19))
    body = issuer + "".join(str(random.randrange(10)) for _ in range(length - 1 - len(issuer)))
    doubled = [int(sign) * (2 - at % 2) for at, sign in enumerate(body[::-1])]
    return f"{body}{-sum(sum(divmod(number, 10)) for number in doubled) % 10}"


def make_address(random: Random) -> str:
    """A household's address, in the country or in a town."""
    area = random.choice(("江苏省太湖县青石镇", "青石镇", "太湖县青石镇", "某某市新城区"))
    number = random.randrange(1, 200)
    places = (
        f"白云村{number % 9 + 1}组{number}号",
        f"白云村第{'一二三四五六'[number % 6]}村民小组{number}号",
        f"青年路{number}号{number % 30 + 1}栋{number % 4 + 1}单元{number + 100}室",
        f"幸福小区{number}号楼{number + 300}室",
        f"和平街{number}-{number % 7 + 1}号",
    )
    return area + random.choice(places)


def plain(number: str, random: Random) -> str:
    return number


def full_width(number: str, random: Random) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in number)


def lower(number: str, random: Random) -> str:
    return number.lower()


def spread(number: str, random: Random) -> str:
    return " ".join(number)


def broken(number: str, random: Random) -> str:
    """By the end of a line, at any place."""
    at = random.randrange(3, len(number) - 2)
    return f"{number[:at]}{random.choice((chr(10), chr(13) + chr(10)))}{number[at:]}"


def grouped(*sizes: int) -> Writing:
    """In groups, with a space or a dash of any kind between them; the last one takes the rest."""

    def write(number: str, random: Random) -> str:
        mark = random.choice((" ", "-", "－", "—", "\u3000", "\u00a0", "  ", " - "))
        parts, at = [], 0
        for size in sizes:
            parts.append(number[at : at + size])
            at += size
        return mark.join(filter(None, [*parts, number[at:]]))

    return write


def with_country(number: str, random: Random) -> str:
    return random.choice(("+86", "86", "0086", "+86 ", "+86-", "(+86)", "86-", "＋86 ")) + number


def with_zero(number: str, random: Random) -> str:
    return f"0{number}"


def in_words(number: str, random: Random) -> str:
    return number.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


ANY: list[Writing] = [plain, full_width, spread, broken]
IDS: list[Writing] = [*ANY, lower, grouped(6, 8), grouped(6, 4, 4), grouped(6, 4, 2, 2)]
OLD_IDS: list[Writing] = [*ANY, grouped(6, 6), grouped(3, 3, 3, 3)]
MOBILES: list[Writing] = [*ANY, grouped(3, 4), grouped(3), grouped(7), with_country, with_zero]
MOBILES += [in_words, grouped(3, 3), grouped(4, 3)]
CARDS: list[Writing] = [*ANY, grouped(4, 4, 4, 4), grouped(6), grouped(6, 2, 4, 4)]

# Name, what the finder calls it, how one is made, how it is written.
WRITTEN: list[tuple[str, str, Callable[[Random], str], list[Writing]]] = [
    ("resident numbers, 18", "resident_id", make_resident_id, IDS),
    ("resident numbers, 15", "resident_id", make_old_resident_id, OLD_IDS),
    ("mobile numbers", "mobile", make_mobile, MOBILES),
    ("bank cards", "bank_card", make_bank_card, CARDS),
    ("home addresses", "address", make_address, [plain]),
]


def in_text(written: str, random: Random) -> str:
    """Among other words."""
    before, after = random.choice(_AROUND)
    return f"{before}{written}{after}"
