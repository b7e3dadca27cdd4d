"""Character by character, yet readable; and always true to both texts."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.clauses.segments import Budget, Segment, common_blocks, replaced, segments

from .worst import WORST

TEXTS = st.text(st.sampled_from("镇村办事公开的，。；（一）\n 12a\u0301\u200d👍🏽"), max_size=60)


def marked(old: str, new: str) -> str:
    forms = {"same": "{}", "insert": "[+{}]", "delete": "[-{}]"}
    return "".join(forms[piece.op].format(piece.text) for piece in segments(old, new))


def side(pieces: tuple[Segment, ...], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.op != without)


@pytest.mark.parametrize(
    ("old", "new", "redline"),
    [
        ("", "", ""),
        ("同一句话。", "同一句话。", "同一句话。"),
        ("", "新的。", "[+新的。]"),
        ("旧的。", "", "[-旧的。]"),
        ("应当公开", "应当及时公开", "应当[+及时]公开"),
        ("应当及时公开", "应当公开", "应当[-及时]公开"),
        ("在10日内办结", "在100日内办结", "在[-10][+100]日内办结"),
        ("2021年5月1日", "2022年6月1日", "[-2021年5][+2022年6]月1日"),
        ("甲组，乙组，丙组", "甲组，丙组", "甲组，[-乙组，]丙组"),
        ("先报名。再抽签。", "先报名。先登记。再抽签。", "先报名。[+先登记。]再抽签。"),
        ("一、甲。二、丙。", "一、甲。二、乙。二、丙。", "一、甲。[+二、乙。]二、丙。"),
        ("共1,000元", "共1,000、1,000元", "共[+1,000、]1,000元"),
        ("种、养", "种植、养殖", "种[+植]、养[+殖]"),
        ("由村里定", "由镇上办", "由[-村里定][+镇上办]"),
        ("帮👨‍👩‍👧办", "帮👨‍👩‍👦办", "帮[-👨‍👩‍👧][+👨‍👩‍👦]办"),
        ("版本v2可用", "版本v3可用", "版本v[-2][+3]可用"),
    ],
)
def test_segments(old: str, new: str, redline: str) -> None:
    assert marked(old, new) == redline


def test_no_confetti_in_a_sentence_written_anew() -> None:
    old = "每户补贴的金额由村委会按人口和收入的情况来确定"
    new = "奖励发放的办法改为在年底时由第三方的机构评分"
    assert [piece.op for piece in segments(old, new)] == ["delete", "insert"]


def test_one_letter_between_long_insertions_goes_with_them() -> None:
    assert marked("公布的结果", "公布年度考核评分办法的具体步骤和最终结果") == (
        "公布[-的][+年度考核评分办法的具体步骤和最终]结果"
    )


def test_islands_of_sense_stay() -> None:
    old = "镇政务服务中心应当设立窗口，受理村民的申请，当场告知结果。"
    new = "镇便民服务中心应当设立专门窗口，受理村民的申请，三日内告知结果。"
    assert marked(old, new) == (
        "镇[-政务][+便民]服务中心应当设立[+专门]窗口，受理村民的申请，[-当场][+三日内]告知结果。"
    )


@given(TEXTS, TEXTS)
def test_segments_are_true_to_both_texts(old: str, new: str) -> None:
    pieces = segments(old, new)
    assert (side(pieces, "insert"), side(pieces, "delete")) == (old, new)
    assert [piece for piece in pieces if not piece.text] == []
    ops = [piece.op for piece in pieces]
    assert [pair for pair in pairwise(ops) if pair[0] == pair[1]] == []
    assert ("insert", "delete") not in pairwise(ops)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), TEXTS), max_size=4))
def test_segments_are_true_to_an_edited_text(old: str, edits: list[tuple[int, int, str]]) -> None:
    new = old
    for at, cut, put in edits:
        new = new[:at] + put + new[at + cut :]
    pieces = segments(old, new)
    assert (side(pieces, "insert"), side(pieces, "delete")) == (old, new)


def test_replaced_compares_nothing() -> None:
    assert replaced("第三条", "第四条") == (
        Segment("delete", "第三条"),
        Segment("insert", "第四条"),
    )
    assert replaced("第三条", "第三条") == (Segment("same", "第三条"),)
    assert replaced("", "第一条") == (Segment("insert", "第一条"),)


@pytest.mark.parametrize(("old", "new"), WORST)
def test_the_worst_texts_lose_nothing(old: str, new: str) -> None:
    pieces = segments(old, new)
    assert (side(pieces, "insert"), side(pieces, "delete")) == (old, new)


def test_small_edits_in_a_long_clause_are_found() -> None:
    han = "".join(chr(0x4E00 + n) for n in range(800))
    rng = random.Random(7)
    sentences = ["".join(rng.choices(han, k=19)) + "。" for _ in range(2_000)]
    old = "".join(sentences)
    for n in range(0, 2_000, 40):
        sentences[n] = sentences[n][:5] + "增" + sentences[n][5:]
    pieces = segments(old, "".join(sentences))
    assert [piece.text for piece in pieces if piece.op != "same"] == ["增"] * 50


def test_common_blocks_without_budget_are_the_ends_alone() -> None:
    blocks = common_blocks("前甲丁丁乙后", "前乙丁丁甲后", Budget(0))
    assert [tuple(block) for block in blocks] == [(0, 0, 1), (5, 5, 1)]
    blocks = common_blocks("前甲丁丁乙后", "前乙丁丁甲后", Budget(100))
    assert [tuple(block) for block in blocks] == [(0, 0, 1), (2, 2, 2), (5, 5, 1)]
