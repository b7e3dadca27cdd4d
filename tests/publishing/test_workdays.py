"""Working days against the notices of the State Council, and where none was published."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.workdays import (
    Holiday,
    Holidays,
    add_workdays,
    is_workday,
    load_shipped,
    read_rows,
)

SHIPPED = Holidays(load_shipped())
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))

# Written down from the yearly notices, apart from the file: weekends to be worked, ...
WORKED_WEEKENDS = {
    2019: "0202 0203 0428 0505 0929 1012",
    2020: "0119 0426 0509 0628 0927 1010",
    2021: "0207 0220 0425 0508 0918 0926 1009",
    2022: "0129 0130 0402 0424 0507 1008 1009",
    2023: "0128 0129 0423 0506 0625 1007 1008",
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}
# ... and the first and last day of each holiday.
HOLIDAYS = {
    2019: "0101-0101 0204-0210 0405-0407 0501-0504 0607-0609 0913-0915 1001-1007",
    2020: "0101-0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008",
    2021: "0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
    2022: "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007 1231-1231",
    2023: "0101-0102 0121-0127 0405-0405 0429-0503 0622-0624 0929-1006 1230-1231",
    2024: "0101-0101 0210-0217 0404-0406 0501-0505 0610-0610 0915-0917 1001-1007",
    2025: "0101-0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
    2026: "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
}


def _day(year: int, month_and_day: str) -> date:
    return date(year, int(month_and_day[:2]), int(month_and_day[2:]))


def _span(year: int, span: str) -> list[date]:
    first, last = (_day(year, end) for end in span.split("-"))
    return [first + timedelta(n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("year", list(HOLIDAYS))
def test_shipped_rows_are_the_notices(year: int) -> None:
    rows = [row for row in load_shipped() if row.date.year == year]
    off = [day for span in HOLIDAYS[year].split() for day in _span(year, span)]
    assert [row.date for row in rows if not row.is_workday] == off
    worked = [_day(year, day) for day in WORKED_WEEKENDS[year].split()]
    assert [row.date for row in rows if row.is_workday] == worked


def test_shipped_rows_are_in_order_and_each_has_a_chinese_name() -> None:
    rows = load_shipped()
    assert rows == sorted(rows, key=lambda row: row.date)
    names = {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
    assert {row.name for row in rows} == names


def test_no_year_is_invented() -> None:
    assert SHIPPED.years == (2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # Friday to Monday
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # counted from a Saturday
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over the Spring Festival
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # 8 and 9 October, then a worked Saturday
        (date(2026, 11, 2), 15, date(2026, 11, 23)),
        (date(2026, 12, 31), 2, date(2027, 1, 4)),  # 2027 is unknown: weekends alone
    ],
)
def test_add_workdays(start: date, n: int, end: date) -> None:
    assert add_workdays(start, n, SHIPPED) == end


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards only"):
        add_workdays(date(2026, 3, 2), -1, SHIPPED)


@given(DAYS, st.integers(0, 60))
def test_the_span_holds_just_as_many_working_days(start: date, n: int) -> None:
    end = add_workdays(start, n, SHIPPED)
    days = [start + timedelta(i + 1) for i in range((end - start).days)]
    assert sum(is_workday(day, SHIPPED) for day in days) == n
    assert n == 0 or is_workday(end, SHIPPED)


def test_an_order_for_a_day_beats_the_weekend_both_ways() -> None:
    calendar = Holidays(
        [
            Holiday(date(2027, 5, 3), "劳动节", is_workday=False),
            Holiday(date(2027, 5, 8), "劳动节", is_workday=True),
        ]
    )
    monday, saturday, sunday = date(2027, 5, 3), date(2027, 5, 8), date(2027, 5, 9)
    assert [is_workday(day, calendar) for day in (monday, saturday, sunday)] == [False, True, False]
    assert [is_workday(day, SHIPPED) for day in (monday, saturday, sunday)] == [True, False, False]


def test_a_year_without_rows_is_named() -> None:
    assert SHIPPED.missing_years(date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert SHIPPED.missing_years(date(2026, 12, 20), date(2027, 1, 10)) == (2027,)
    assert SHIPPED.missing_years(date(2028, 1, 1), date(2018, 1, 1)) == (2018, 2027, 2028)


def test_rows_that_contradict_each_other_are_refused() -> None:
    day = date(2027, 5, 8)
    with pytest.raises(ValueError, match="2027-05-08"):
        Holidays([Holiday(day, "劳动节", is_workday=True), Holiday(day, "周末", is_workday=False)])


@pytest.mark.parametrize(
    "line",
    ["2027-05-32,劳动节,holiday", "2027-05-01,劳动节,off", "2027-05-01,劳动节", "2027-05-01"],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "holidays.csv"
    path.write_text(f"date,name,kind\n2027-01-01,元旦,holiday\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"holidays\.csv:3"):
        read_rows(path)


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "holidays.csv"
    path.write_text("2027-01-01,元旦,holiday\n", encoding="utf-8")
    with pytest.raises(ValueError, match="date,name,kind"):
        read_rows(path)
