import pytest

from consultation.enums import Outcome
from portal.charts import attendance_bars, outcome_slices

FIGURES = {
    "received": 8,
    "adopted": 4,
    "partly": 2,
    "not_adopted": 1,
    "out_of_scope": 0,
    "invalid": 0,
    "withdrawn": 1,
    "open": 0,
}


def test_the_parts_stand_in_the_order_of_the_outcomes() -> None:
    keys = [part.key for part in outcome_slices(FIGURES)]
    assert keys == [*Outcome.values, "withdrawn"]


def test_the_parts_fill_the_ring_without_gap_or_overlap() -> None:
    parts = outcome_slices(FIGURES)
    assert [(part.start, part.share) for part in parts] == [
        (0, 50),
        (50, 25),
        (75, 12.5),
        (87.5, 0),
        (87.5, 0),
        (87.5, 12.5),
    ]
    assert [part.offset for part in parts[:3]] == [25, -25, -50]
    assert [part.share + part.rest for part in parts] == [100] * 6


def test_thirds_still_sum_up() -> None:
    thirds = dict(FIGURES, received=3, adopted=1, partly=1, not_adopted=1, withdrawn=0)
    assert sum(part.share for part in outcome_slices(thirds)) == pytest.approx(100, abs=1e-9)


def test_a_preview_shows_what_is_not_decided_yet() -> None:
    figures = dict(FIGURES, received=10, open=2)
    last = outcome_slices(figures)[-1]
    assert (last.key, last.count, last.share) == ("open", 2, 20)


def test_nothing_received_is_no_division_by_zero() -> None:
    nothing = dict.fromkeys(FIGURES, 0)
    assert [(part.count, part.share) for part in outcome_slices(nothing)] == [(0, 0)] * 6


def test_figures_that_do_not_reconcile_are_not_drawn() -> None:
    with pytest.raises(ValueError, match="don't sum up to 9"):
        outcome_slices(dict(FIGURES, received=9))


def test_bars_are_measured_by_the_longest() -> None:
    groups = [
        {"name": "人大代表", "registered": 8, "came": 4},
        {"name": "群众代表", "registered": 2, "came": 2},
    ]
    lengths = [(row.registered_length, row.came_length) for row in attendance_bars(groups)]
    assert lengths == [(100, 50), (25, 25)]


@pytest.mark.parametrize("groups", [[], [{"name": "群众代表", "registered": 0, "came": 0}]])
def test_nobody_is_no_division_by_zero(groups: list[dict[str, object]]) -> None:
    assert [row.registered_length for row in attendance_bars(groups)] == [0] * len(groups)
