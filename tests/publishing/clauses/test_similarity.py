"""Likeness of texts: its ends, its symmetry, and what it must not see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.clauses.similarity import Profile

TEXTS = st.text(st.sampled_from("镇村居民办事公开，。（） 12a"), max_size=30)


def likeness(a: str, b: str) -> float:
    return Profile.of(a).likeness(Profile.of(b))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("便民服务", "便民服务", 1.0),
        ("便民服务（试行）。", "便民服务(试行)", 1.0),
        ("便民 服务１", "便民服务1", 1.0),
        ("便民服务", "春节灯会", 0.0),
        ("总体要求", "总体目标", 0.4),  # 2 of 5 and 5 bigrams, ends counted
        ("甲", "甲", 1.0),
        ("", "", 0.0),
        ("。", "。", 0.0),
    ],
)
def test_likeness(a: str, b: str, expected: float) -> None:
    assert likeness(a, b) == expected


@given(TEXTS, TEXTS)
def test_likeness_is_symmetric_and_between_0_and_1(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert 0.0 <= likeness(a, b) <= 1.0


def test_repeated_words_count_as_often_as_they_stand() -> None:
    assert likeness("办办办办", "办办办") == pytest.approx(2 * 4 / (5 + 4))


def test_containment_is_of_the_shorter_text() -> None:
    whole = Profile.of("村民可以在窗口查询，也可以打电话。")
    part = Profile.of("村民可以在窗口查询")
    assert part.containment(whole) == whole.containment(part) == 0.9  # all but the end
    assert Profile.of("").containment(whole) == 0.0
