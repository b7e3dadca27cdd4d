"""The draw's order: fixed by published values, and checked by anyone."""

import hashlib
import hmac
from typing import Any

import pytest

from openday.draw import (
    Finding,
    commitment_of,
    draw_order,
    list_digest,
    new_seed,
    verify,
)

SEED = "00" * 31 + "2a"
NUMBERS = [f"20260101-{n:06d}" for n in range(1, 8)]


def record(**changes: Any) -> dict[str, Any]:
    order = draw_order(seed=SEED, digits="135246", numbers=NUMBERS)
    return {
        "version": 1,
        "commitment": commitment_of(SEED),
        "list": [{"number": number, "name": "张**"} for number in NUMBERS],
        "list_sha256": list_digest(NUMBERS),
        "seed": SEED,
        "digits": "135246",
        "order": order,
        "withdrawn": [],
        "places": 2,
        "selected": order[:2],
        "waiting": order[2:5],
        **changes,
    }


def wrong(findings: list[Finding]) -> list[str]:
    return [finding.what for finding in findings if not finding.right]


def test_the_order_is_that_of_the_documented_keys() -> None:
    """Reckoned here once more, as somebody would who only read the description."""
    keys = {
        number: hmac.new(bytes.fromhex(SEED), b"135246\n" + number.encode(), hashlib.sha256)
        for number in NUMBERS
    }
    expected = sorted(NUMBERS, key=lambda number: keys[number].hexdigest())
    assert draw_order(seed=SEED, digits="135246", numbers=reversed(NUMBERS)) == expected


def test_other_digits_and_other_seeds_give_other_orders() -> None:
    many = [f"20260101-{n:06d}" for n in range(200)]
    orders = {
        tuple(draw_order(seed=seed, digits=digits, numbers=many))
        for seed in (SEED, new_seed())
        for digits in ("135246", "135247")
    }
    assert len(orders) == 4


def test_a_true_record_is_right_in_everything() -> None:
    assert wrong(verify(record())) == []


def test_who_withdrew_before_the_draw_is_passed_over() -> None:
    order = record()["order"]
    later = record(withdrawn=[order[0]], selected=order[1:3], waiting=order[3:5])
    assert wrong(verify(later)) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"commitment": "0" * 64}, ["承诺值与公布的种子一致"]),
        ({"digits": "999999"}, ["抽签顺序由种子、数字和编号算出", "名额按顺序分配"]),
        ({"list_sha256": "0" * 64}, ["名单摘要与公布的名单一致"]),
        ({"selected": NUMBERS[:2]}, ["名额按顺序分配"]),
        ({"selected": []}, ["名额按顺序分配"]),
        ({"places": 3}, ["名额按顺序分配"]),
    ],
)
def test_a_changed_record_is_found_out(changes: dict[str, Any], found: list[str]) -> None:
    assert wrong(verify(record(**changes))) == found


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"version": 2},
        record(seed="short"),
        record(digits="12"),
        record(list=[{"name": "张**"}]),
        record(order="abc"),
        record(places="2"),
        {name: value for name, value in record().items() if name != "digits"},
    ],
)
def test_what_is_no_record_is_refused_with_words(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="抽签记录"):
        verify(broken)
