"""What the writer of an opinion is told of its way."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from consultation.enums import Review
from consultation.journeys import journeys

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass
class Row:
    """The fields of an opinion that its way follows from."""

    number: int = 1
    review: str = Review.PENDING
    review_note: str = ""
    response_id: int | None = None
    part_of_id: int | None = None
    split_at: Any = None
    undone_at: Any = None
    withdrawn_at: Any = None


def way(row: Row, *, is_published: bool = False, is_open: bool = False) -> Any:
    return journeys([row], is_published=is_published, is_open=is_open)[0]  # type: ignore[list-item] # stands in for a row


@pytest.mark.parametrize(
    ("row", "published", "current"),
    [
        (Row(), False, "已收到"),
        (Row(review=Review.REVIEWED), False, "已审核"),
        (Row(review=Review.WITHHELD, review_note="含他人隐私"), False, "已审核"),
        (Row(review=Review.REVIEWED, response_id=1), False, "办理中"),
        (Row(review=Review.REVIEWED, response_id=1), True, "已反馈"),
        (Row(split_at=NOW), True, "办理中"),
        (Row(withdrawn_at=NOW), False, "已撤回"),
        (Row(withdrawn_at=NOW), True, "已撤回"),
    ],
)
def test_the_station_follows_from_the_fields(row: Row, published: bool, current: str) -> None:
    found = way(row, is_published=published)
    assert [step.name for step in found.steps if step.current] == [current]
    assert [step.reached for step in found.steps] == sorted(
        [step.reached for step in found.steps], reverse=True
    )
    assert found.is_answered == (current == "已反馈")


def test_the_four_stations_stand_in_order() -> None:
    names = [step.name for step in way(Row()).steps]
    assert names == ["已收到", "已审核", "办理中", "已反馈"]


@pytest.mark.parametrize(
    ("row", "is_open", "can"),
    [
        (Row(), True, True),
        (Row(review=Review.REVIEWED, response_id=1), True, True),
        (Row(), False, False),
        (Row(withdrawn_at=NOW), True, False),
        (Row(split_at=NOW), True, False),
    ],
)
def test_only_what_stands_can_be_taken_back_and_only_until_closing(
    row: Row, is_open: bool, can: bool
) -> None:
    assert way(row, is_open=is_open).can_withdraw == can


def test_a_withheld_opinion_says_why() -> None:
    row = Row(review=Review.WITHHELD, review_note="含他人隐私")
    assert way(row).note == "经审核，公布采纳情况时不公开原文。原因：含他人隐私"


def test_parts_of_an_undone_split_are_left_out_and_numbers_are_in_order() -> None:
    rows: Any = [Row(number=3, part_of_id=1), Row(number=2, undone_at=NOW), Row(number=1)]
    found = journeys(rows, is_published=False, is_open=False)
    assert [journey.opinion.number for journey in found] == [1, 3]
