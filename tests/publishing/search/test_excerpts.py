"""What is marked is what was looked for, and nothing of the text changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.search.excerpts import Segment, excerpt, mark


def marked(text: str, query: str) -> list[str]:
    return [segment.text for segment in mark(text, query) if segment.found]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("城乡医疗保险办法，医疗保险", "医疗保险", ["医疗保险", "医疗保险"]),
        ("标准 目录", "标准目录", ["标准 目录"]),
        ("社府发（2022）3号", "社府发〔2022〕3号", ["社府发（2022）3号"]),
        ("ABC abc", "Abc", ["ABC", "abc"]),
        ("医保与医疗保险", "医疗 医疗保险", ["医疗保险"]),
        ("全文", "别的", []),
        ("全文", "!!!", []),
    ],
)
def test_mark(text: str, query: str, expected: list[str]) -> None:
    assert marked(text, query) == expected


def test_mark_splits_around_what_was_found() -> None:
    assert mark("关于医疗的办法", "医疗") == [
        Segment("关于", False),
        Segment("医疗", True),
        Segment("的办法", False),
    ]


def test_an_excerpt_shows_the_place_and_where_it_was_cut() -> None:
    text = "前" * 200 + "医疗保险" + "后" * 200
    segments = excerpt(text, "医疗保险", width=40)
    assert segments == [
        Segment("…" + "前" * 10, False),
        Segment("医疗保险", True),
        Segment("后" * 26 + "…", False),
    ]


def test_an_excerpt_without_a_hit_is_the_beginning() -> None:
    assert excerpt("一二三四五", "六", width=3) == [Segment("一二三…", False)]


@given(st.text(), st.text())
def test_the_segments_are_the_text(text: str, query: str) -> None:
    assert "".join(segment.text for segment in mark(text, query)) == text
