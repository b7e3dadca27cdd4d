import pytest

from publishing.clauses.parser.dates import is_date, iso_date
from publishing.clauses.parser.numerals import SIGNS, chinese_number, roman_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("五十四", 54),
        ("一百零二", 102),
        ("一百二十", 120),
        ("一千二百五十九", 1259),
        ("一○二", 102),
        ("廿三", 23),
        ("拾贰", 12),
        ("二 十", 20),
        ("２３", 23),
        ("12", 12),
        ("", None),
        ("甲", None),
    ],
)
def test_chinese_number(written: str, value: int | None) -> None:
    assert chinese_number(written) == value


@pytest.mark.parametrize(
    ("written", "value"), [("i", 1), ("IV", 4), ("xii", 12), ("iiii", None), ("ab", None)]
)
def test_roman_number(written: str, value: int | None) -> None:
    assert roman_number(written) == value


@pytest.mark.parametrize(
    ("sign", "meaning"),
    [
        ("①", ("circled", 1)),
        ("⑳", ("circled", 20)),
        ("㉑", ("circled", 21)),
        ("⑴", ("bracketed", 1)),
        ("⒓", ("digit", 12)),
        ("㈢", ("second", 3)),
    ],
)
def test_signs(sign: str, meaning: tuple[str, int]) -> None:
    assert SIGNS[sign] == meaning


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022年2月20日", "2022-02-20"),
        ("2022 年 2 月 20 日", "2022-02-20"),
        ("２０２２年２月２０日", "2022-02-20"),
        ("二〇二二年四月二十日", "2022-04-20"),
        ("二○○四年六月十六日", "2004-06-16"),
        ("二零一九年十二月三十一日", "2019-12-31"),
        ("自2019年9月1日起施行", "2019-09-01"),
        ("2022-02-20", "2022-02-20"),
        ("2022年13月40日", None),
        ("2022年", None),
    ],
)
def test_iso_date(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    ("written", "alone"),
    [("2022年2月20日", True), ("2022.2.20", True), ("2022年2月20日印发", False), ("2022年", False)],
)
def test_is_date(written: str, alone: bool) -> None:
    assert is_date(written) is alone
