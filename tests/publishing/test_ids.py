import pytest

from publishing.ids import parse_id, parse_ids


@pytest.mark.parametrize(
    ("written", "number"),
    [("0", 0), ("12", 12), ("007", 7), ("9" * 18, 10**18 - 1), (12, 12)],
)
def test_what_is_a_number(written: object, number: int) -> None:
    assert parse_id(written) == number


@pytest.mark.parametrize(
    "written",
    ["", "²", "٣", "１", "-1", "+1", "1_0", "1e5", " 1", "1\n", "\0", "x", "9" * 19, None],
)
def test_what_is_none(written: object) -> None:
    assert parse_id(written) is None


def test_of_several_the_numbers_are_left() -> None:
    assert parse_ids(["3", "²", "all", "1"]) == [3, 1]
