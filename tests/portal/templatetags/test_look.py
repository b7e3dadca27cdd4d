from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

from portal.templatetags.look import days_left, within


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (SimpleNamespace(path="000100010002"), True),
        (SimpleNamespace(path="0001000100020001"), True),
        # The column's path stands inside this one, but not at its beginning.
        (SimpleNamespace(path="0002000100010002"), False),
        (SimpleNamespace(path="000100010003"), False),
        ("", False),
        (None, False),
    ],
)
def test_within_a_column(page: object, expected: bool) -> None:
    assert within(page, SimpleNamespace(path="000100010002")) is expected


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("2026-03-01T00:00:00+08:00", 9),
        ("2026-03-09T23:59:59+08:00", 1),
        ("2026-03-10T00:00:00+08:00", 0),
        ("2026-03-10T23:59:59+08:00", 0),
        ("2026-03-11T00:00:00+08:00", -1),
    ],
)
def test_days_left_are_counted_by_the_local_calendar(moment: str, left: int) -> None:
    with time_machine.travel(moment, tick=False):
        assert days_left(date(2026, 3, 10)) == left
