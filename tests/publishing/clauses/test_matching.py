"""Identities follow the words (C1): on both sides of every threshold, in order, one to one."""

import random
from dataclasses import replace
from itertools import count
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from publishing.clauses.clause import ClauseText, Row
from publishing.clauses.matching import (
    HELD_AT_LEAST,
    OTHER_LABEL_LIKENESS,
    SAME_LABEL_HELD,
    SAME_LABEL_LIKENESS,
    match,
)
from publishing.clauses.similarity import Profile

SUBSIDY = "年满八十周岁的老人每月领取高龄补贴五十元，由村委会代为申请，镇民政所按月发放到个人账户。"
ROADS = "通村公路由镇交通管理站负责日常养护，雨季前后各检查一次，发现塌方应当在两日内抢通。"
WATER = "饮用水水源地周围五百米内禁止新建养殖场，已有的由镇政府补偿后限期搬迁。"
WASTE = "各村设置垃圾分类收集点，保洁员每天清运，费用从村集体收入中列支。"
LOANS = "鼓励返乡人员租用闲置农房开办民宿，镇里提供贴息贷款和免费培训。"


def article(number: int, text: str, prefix: str = "n") -> ClauseText:
    digits = "零一二三四五六七八九"
    return ClauseText(
        f"{prefix}{number}", "clause", f"第{digits[number]}条", text=text, level=1, commentable=True
    )


def articles(*texts: str, prefix: str = "n") -> list[ClauseText]:
    return [article(n, text, prefix) for n, text in enumerate(texts, 1)]


def identities(old: list[ClauseText], new: list[ClauseText]) -> list[str]:
    return [clause.id for clause in match(old, new)]


def likeness(a: str, b: str) -> float:
    return Profile.of(a).likeness(Profile.of(b))


OLD = articles(SUBSIDY, ROADS, WATER, WASTE, prefix="o")


def test_the_same_document_keeps_all_identities() -> None:
    new = articles(SUBSIDY, ROADS, WATER, WASTE)
    assert match(OLD, new) == OLD
    assert match([], new) == new
    assert match(OLD, []) == []


def test_renumbered_after_an_insertion() -> None:
    new = articles(SUBSIDY, LOANS, ROADS, WATER, WASTE)
    assert identities(OLD, new) == ["o1", "n2", "o2", "o3", "o4"]


def test_renumbered_and_edited_after_an_insertion() -> None:
    texts = [text.replace("镇", "乡镇").replace("两日", "三日") for text in (ROADS, WATER, WASTE)]
    new = articles(SUBSIDY, LOANS, *texts)
    assert identities(OLD, new) == ["o1", "n2", "o2", "o3", "o4"]


def test_renumbered_after_a_removal() -> None:
    assert identities(OLD, articles(ROADS, WATER, WASTE)) == ["o2", "o3", "o4"]


def test_a_moved_clause_takes_its_identity_along() -> None:
    new = articles(WASTE + "本条明年起施行。", SUBSIDY, ROADS, WATER)
    assert identities(OLD, new) == ["o4", "o1", "o2", "o3"]


def test_two_clauses_that_changed_places() -> None:
    assert identities(OLD, articles(ROADS, SUBSIDY, WATER, WASTE)) == ["o2", "o1", "o3", "o4"]


def test_rewritten_totally_under_the_same_label_is_another_clause() -> None:
    new = articles(SUBSIDY, LOANS, WATER, WASTE)
    assert likeness(ROADS, LOANS) < SAME_LABEL_LIKENESS
    assert identities(OLD, new) == ["o1", "n2", "o3", "o4"]


def test_rewritten_in_large_part_under_the_same_label_is_the_same_clause() -> None:
    written_anew = ROADS[: len(ROADS) // 2] + "其余事项由镇里另行规定并公布。"
    assert SAME_LABEL_LIKENESS <= likeness(ROADS, written_anew) < OTHER_LABEL_LIKENESS
    assert identities(OLD, articles(SUBSIDY, written_anew, WATER, WASTE))[1] == "o2"
    # Under another label so much of it would not do:
    assert identities(OLD, articles(SUBSIDY, LOANS, written_anew, WATER, WASTE))[2] == "n3"


def test_similar_enough_under_another_label_is_the_same_clause() -> None:
    edited = ROADS.replace("雨季前后各检查一次", "每季度检查一次")
    assert likeness(ROADS, edited) >= OTHER_LABEL_LIKENESS
    assert identities(OLD, articles(SUBSIDY, LOANS, edited, WATER, WASTE))[2] == "o2"


def test_a_clause_that_was_split_lives_on_in_the_part_with_its_label() -> None:
    first, second = ROADS[:24], ROADS[24:]
    assert identities(OLD, articles(SUBSIDY, first, second, WATER, WASTE)) == [
        "o1",
        "o2",
        "n3",
        "o3",
        "o4",
    ]


def test_two_clauses_made_one_are_the_one_with_the_label() -> None:
    assert identities(OLD, articles(SUBSIDY, ROADS + WATER, WASTE)) == ["o1", "o2", "o4"]


def test_a_clause_cut_to_its_first_words_is_still_itself_under_its_label() -> None:
    kept = ROADS[:16]
    assert Profile.of(kept).size >= HELD_AT_LEAST
    long = ROADS + LOANS + WASTE
    old = articles(SUBSIDY, long, prefix="o")
    assert likeness(long, kept) < SAME_LABEL_LIKENESS
    assert Profile.of(long).containment(Profile.of(kept)) >= SAME_LABEL_HELD
    assert identities(old, articles(SUBSIDY, kept)) == ["o1", "o2"]
    assert identities(old, articles(SUBSIDY, WATER, kept)) == ["o1", "n2", "n3"]
    # A few characters that are held prove nothing:
    assert identities(old, articles(SUBSIDY, "通村公路由镇")) == ["o1", "n2"]


def test_the_same_label_wins_between_clauses_equally_alike() -> None:
    twice = f"{SUBSIDY}（一）"
    new = articles(ROADS, f"{SUBSIDY}甲乙", f"{SUBSIDY}丙丁")
    assert identities([article(3, twice, "o")], new) == ["n1", "n2", "o3"]
    assert identities([article(2, twice, "o")], new) == ["n1", "o2", "n3"]


def test_the_very_words_win_over_the_same_label() -> None:
    """Otherwise an insertion among clauses of one pattern shifts all identities by one."""
    pattern = "{}由镇政府办公室负责，每季度检查一次，结果在公示栏公开。"
    old = articles(*(pattern.format(x) for x in ("卫生", "防火", "道路")), prefix="o")
    new = articles(*(pattern.format(x) for x in ("供水", "卫生", "防火", "道路")))
    assert identities(old, new) == ["n1", "o1", "o2", "o3"]


def test_brackets_and_dots_of_a_label_may_be_written_otherwise() -> None:
    written_anew = ROADS[: len(ROADS) // 2] + "其余事项由镇里另行规定并公布。"
    for before, after in (("（一）", "(一)"), ("1.", "１．"), ("2、", "2.")):
        old = [ClauseText("o", "clause", before, text=ROADS)]
        assert identities(old, [ClauseText("n", "clause", after, text=written_anew)]) == ["o"]
    old = [ClauseText("o", "clause", "（一）", text=ROADS)]
    assert identities(old, [ClauseText("n", "clause", "一、", text=written_anew)]) == ["n"]


def test_identical_texts_are_told_apart_by_their_neighbours() -> None:
    old = [
        ClauseText(f"o{n}", "clause", label, text=text)
        for n, (label, text) in enumerate(
            [("（一）", SUBSIDY), ("（二）", "同上。"), ("（一）", ROADS), ("（二）", "同上。")]
        )
    ]
    new = [replace(clause, id=f"n{n}") for n, clause in enumerate(old)]
    assert identities(old, new) == ["o0", "o1", "o2", "o3"]
    assert identities(old, [new[0], *new[2:]]) == ["o0", "o2", "o3"]
    assert identities(old, new[:3]) == ["o0", "o1", "o2"]
    assert identities(old, [new[2], new[3], new[0], new[1]]) == ["o2", "o3", "o0", "o1"]


def test_the_neighbour_counts_on_either_side_even_for_signs() -> None:
    def documents(prefix: str, *texts: str) -> list[ClauseText]:
        return [ClauseText(f"{prefix}{n}", "paragraph", text=t) for n, t in enumerate(texts)]

    old = documents("o", "同上。", SUBSIDY, "同上。", ROADS)
    assert identities(old, documents("n", "同上。", ROADS)) == ["o2", "o3"]
    old = documents("o", SUBSIDY, "——", ROADS, "——")
    assert identities(old, documents("n", ROADS, "——")) == ["o2", "o3"]


def test_identical_texts_alone_are_taken_in_order() -> None:
    old = [ClauseText(f"o{n}", "paragraph", text="（略）") for n in range(3)]
    new = [ClauseText(f"n{n}", "paragraph", text="（略）") for n in range(4)]
    assert identities(old, new) == ["o0", "o1", "o2", "n3"]
    dashes = [replace(clause, text="——") for clause in old]
    assert identities(dashes, [replace(c, text="——") for c in new]) == ["o0", "o1", "o2", "n3"]


def test_a_table_is_followed_by_its_cells_and_never_becomes_a_text() -> None:
    rows = (Row(("事项", "负责部门"), header=True), Row((ROADS, "交通站")), Row((WATER, "环保所")))
    table = ClauseText("o", "table", "附件", rows=rows, commentable=True)
    later = replace(table, id="n", label="附件2", rows=(*rows, Row(("清运", "城管"))))
    assert identities([table], [later]) == ["o"]
    words = ClauseText("n", "clause", text=replace(table, label="").full_text)
    assert identities([table], [words]) == ["n"]


def test_a_paragraph_that_became_a_clause_is_the_same() -> None:
    old = [ClauseText("o", "paragraph", text=ROADS)]
    assert identities(old, articles(ROADS)) == ["o"]


def test_an_identity_is_never_given_to_another_clause() -> None:
    """The new text came with ids of its own, one of which an old clause has."""
    fresh = (f"fresh{n}" for n in count())
    new = [replace(article(1, LOANS), id="o1"), replace(article(2, SUBSIDY), id="o2")]
    result = match(OLD, new, new_id=lambda: next(fresh))
    assert [clause.id for clause in result] == ["fresh0", "o1"]
    twins = [replace(article(n, text), id="x") for n, text in ((1, LOANS), (2, WASTE * 3))]
    assert len({clause.id for clause in match([], twins)}) == 2


CLAUSES = st.lists(
    st.builds(
        ClauseText,
        id=st.uuids().map(str),
        kind=st.sampled_from(["clause", "paragraph", "table"]),
        label=st.sampled_from(["", "一、", "二、"]),
        text=st.text(st.sampled_from("镇村办事，。三五日"), max_size=8),
    ),
    max_size=12,
)


@given(CLAUSES, CLAUSES)
def test_matching_is_one_to_one_and_changes_ids_alone(
    old: list[ClauseText], new: list[ClauseText]
) -> None:
    result = match(old, new)
    assert [replace(c, id="") for c in result] == [replace(c, id="") for c in new]
    assert len({clause.id for clause in result}) == len(new)
    assert match(old, new) == result


@given(CLAUSES, st.randoms(use_true_random=False))
def test_unique_words_are_found_wherever_they_went(
    old: list[ClauseText], rng: random.Random
) -> None:
    words = [(c.kind, "".join(c.text.split())) for c in old]
    unique = {
        c.id for c, said in zip(old, words, strict=True) if said[1] and words.count(said) == 1
    }
    new = [replace(clause, id=f"new {clause.id}") for clause in rng.sample(old, len(old))]
    result = match(old, new)
    for was, now in zip(new, result, strict=True):
        if was.id[4:] in unique:
            assert now.id == was.id[4:]


def _edited(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) - 8)
    return text[:at] + "另行增加的话" + text[at + 4 :]


def _random_articles(size: int, rng: random.Random) -> list[ClauseText]:
    han = [chr(0x4E00 + n) for n in range(600)]
    return [
        ClauseText(f"o{n}", "clause", f"第{n}条", text="".join(rng.choices(han, k=150)))
        for n in range(size)
    ]


def test_a_clause_is_found_far_away_under_another_label_with_other_words() -> None:
    rng = random.Random(13)
    old = _random_articles(100, rng)
    new = [replace(c, id=f"n{n}", text=_edited(c.text, rng)) for n, c in enumerate(old)]
    new.insert(5, replace(new.pop(90), label="第〇条"))
    assert identities(old, new)[5] == "o90"


def test_real_documents_survive_a_revision(shared_documents: Path) -> None:
    """Real paragraphs under shifted numbers, two thirds edited, some gone, some from elsewhere."""
    rng = random.Random(17)
    texts = {
        path: [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted(shared_documents.glob("*.txt"))
    }
    wrong = total = 0
    for path, lines in texts.items():
        kept = list(dict.fromkeys(line for line in lines if len(line) >= 30))
        other = [x for p, xs in texts.items() if p != path for x in xs if len(x) >= 30]
        old = [ClauseText(f"o{n}", "clause", f"{n}.", text=x) for n, x in enumerate(kept)]
        items = [(c.id, _edited(c.text, rng) if rng.random() < 0.67 else c.text) for c in old]
        items = [item for item in items if rng.random() < 0.9]
        for n in range(len(old) // 10):
            items.insert(rng.randrange(len(items) + 1), (f"n{n}", rng.choice(other)))
        new = [ClauseText(i, "clause", f"{n}.", text=x) for n, (i, x) in enumerate(items)]
        new = [replace(c, id=f"n{n}") if c.id[0] == "o" else c for n, c in enumerate(new, 10_000)]
        result = match(old, new)
        got = [c.id if c.id[0] == "o" else "n" for c in result]
        wrong += sum(a != (b if b[0] == "o" else "n") for a, (b, _) in zip(got, items, strict=True))
        total += len(items)
    assert total > 500
    assert wrong <= total * 0.01
