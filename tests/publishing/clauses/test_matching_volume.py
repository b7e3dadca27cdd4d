"""Matching at the length of a long statute; how long it takes is measured by the benchmarks."""

import random
from dataclasses import replace

import pytest

from publishing.clauses.clause import ClauseText
from publishing.clauses.matching import match
from tests.publishing.clauses.test_matching import _edited, _random_articles


@pytest.mark.slow
@pytest.mark.parametrize("shift", [0, 1])
def test_three_thousand_clauses(shift: int) -> None:
    rng = random.Random(11)
    old = _random_articles(3_000, rng)
    new = [
        replace(clause, id=f"n{n}", label=f"第{n + shift}条", text=_edited(clause.text, rng))
        for n, clause in enumerate(old)
    ]
    result = match(old, new)
    assert [clause.id for clause in result] == [clause.id for clause in old]


@pytest.mark.parametrize("text", ["本条保留。", "本条第{}项保留，由镇政府解释。"])
def test_three_thousand_clauses_all_alike(text: str) -> None:
    old = [ClauseText(f"o{n}", "clause", "（一）", text=text.format(n)) for n in range(3_000)]
    new = [
        ClauseText(f"n{n}", "clause", "（一）", text=text.format(n) + "续") for n in range(3_000)
    ]
    result = match(old, new)
    assert [clause.id for clause in result] == [clause.id for clause in old]
