"""The redline of whole documents: each clause once, followed by its identity."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.clauses.clause import ClauseText, Row
from publishing.clauses.redline import ClauseChange, redline, summary
from publishing.clauses.segments import Segment

from .worst import large_document

HEAD = ClauseText("h", "heading", "第一章", "总则", level=1)
ONE = ClauseText(
    "1", "clause", "第一条", text="为方便居民办事，制定本办法。", level=2, commentable=True
)
TWO = ClauseText("2", "clause", "第二条", text="窗口周六开放半天。", level=2, commentable=True)
THREE = ClauseText(
    "3", "clause", "第三条", text="当场办不了的，三日内答复。", level=2, commentable=True
)
TABLE = ClauseText(
    "t", "table", "附件", rows=(Row(("事项", "时限"), header=True),), commentable=True
)
DOCUMENT = [HEAD, ONE, TWO, THREE, TABLE]


def shown(old: list[ClauseText], new: list[ClauseText]) -> list[tuple[str, str]]:
    return [(change.clause.id, change.op) for change in redline(old, new)]


def side(pieces: tuple[Segment, ...], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.op != without)


def test_nothing_changed() -> None:
    assert shown(DOCUMENT, DOCUMENT) == [(clause.id, "same") for clause in DOCUMENT]
    assert redline([], []) == []


def test_a_changed_clause_shows_its_characters() -> None:
    later = replace(TWO, text="窗口周六开放一天。")
    change = redline([TWO], [later])[0]
    assert change == ClauseChange(
        op="changed",
        old=TWO,
        new=later,
        label=(Segment("same", "第二条"),),
        heading=(),
        text=(
            Segment("same", "窗口周六开放"),
            Segment("delete", "半"),
            Segment("insert", "一"),
            Segment("same", "天。"),
        ),
        rows=(),
        moved=False,
        renumbered=False,
    )


def test_a_clause_that_came_renumbers_the_rest() -> None:
    new = ClauseText("n", "clause", "第二条", text="本办法所称窗口，是指便民服务中心。")
    later = [HEAD, ONE, new, replace(TWO, label="第三条"), replace(THREE, label="第四条"), TABLE]
    assert shown(DOCUMENT, later) == [
        ("h", "same"),
        ("1", "same"),
        ("n", "added"),
        ("2", "renumbered"),
        ("3", "renumbered"),
        ("t", "same"),
    ]
    label = redline(DOCUMENT, later)[3].label
    assert label == (Segment("delete", "第二条"), Segment("insert", "第三条"))


@pytest.mark.parametrize(
    ("kept", "order"),
    [
        ([ONE, TWO, THREE, TABLE], "h 1 2 3 t"),
        ([HEAD, ONE, THREE, TABLE], "h 1 2 3 t"),
        ([HEAD, TABLE], "h 1 2 3 t"),
        ([HEAD, ONE, TWO], "h 1 2 3 t"),
        ([], "h 1 2 3 t"),
        ([HEAD, TABLE, ONE, TWO], "h t 1 2 3"),  # 3 stood after 2, and the table moved away
    ],
)
def test_removed_clauses_stand_where_they_stood(kept: list[ClauseText], order: str) -> None:
    changes = redline(DOCUMENT, kept)
    assert " ".join(change.clause.id for change in changes) == order
    gone = [change.clause for change in changes if change.op == "removed"]
    assert gone == [clause for clause in DOCUMENT if clause not in kept]


def test_a_removed_clause_stands_before_what_came_in_its_place() -> None:
    new = ClauseText("n", "clause", "第二条", text="预约办理。")
    assert shown([ONE, TWO, THREE], [ONE, new, THREE]) == [
        ("1", "same"),
        ("2", "removed"),
        ("n", "added"),
        ("3", "same"),
    ]


def test_only_the_moved_clause_counts_as_moved() -> None:
    assert shown([ONE, TWO, THREE, TABLE], [TWO, THREE, TABLE, ONE]) == [
        ("2", "same"),
        ("3", "same"),
        ("t", "same"),
        ("1", "moved"),
    ]


def test_what_happened_beside_the_weightiest_is_marked() -> None:
    moved = replace(THREE, label="第一条", text="当场办不了的，五日内答复。")
    first = redline([ONE, TWO, THREE], [moved, ONE, TWO])[0]
    assert (first.op, first.moved, first.renumbered) == ("changed", True, True)
    first = redline([ONE, TWO, THREE], [replace(THREE, label="第一条"), ONE, TWO])[0]
    assert (first.op, first.moved, first.renumbered) == ("moved", True, True)


def test_only_words_make_a_change() -> None:
    assert shown([ONE], [replace(ONE, level=1, commentable=False)]) == [("1", "same")]
    repeated = replace(TABLE, rows=(Row(("事项", "时限"), header=False),))
    assert shown([TABLE], [repeated]) == [("t", "same")]
    assert shown([HEAD], [replace(HEAD, heading="总 则")]) == [("h", "changed")]


def test_a_table_is_compared_by_cells() -> None:
    later = replace(TABLE, rows=(*TABLE.rows, Row(("办证", "三日"))))
    (change,) = redline([TABLE], [later])
    assert change.op == "changed"
    assert [row.op for row in change.rows] == ["same", "added"]


def test_an_identity_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        redline([ONE, ONE], [ONE])
    with pytest.raises(ValueError, match="twice"):
        redline([ONE], [ONE, replace(TWO, id="1")])


def test_summary_names_every_op_and_counts_every_clause() -> None:
    new = ClauseText("n", "clause", "第二条", text="预约办理。")
    changes = redline(
        [HEAD, ONE, TWO, THREE],
        [HEAD, new, replace(ONE, label="第三条"), replace(THREE, text="。")],
    )
    assert summary(changes) == {
        "same": 1,
        "changed": 1,
        "added": 1,
        "removed": 1,
        "moved": 0,
        "renumbered": 1,
    }
    assert list(summary([])) == ["same", "changed", "added", "removed", "moved", "renumbered"]


TEXTS = st.text(st.sampled_from("镇村办事，。三五日"), max_size=20)
VERSIONS = st.lists(
    st.builds(
        ClauseText,
        id=st.sampled_from("abcdefgh"),
        kind=st.just("clause"),
        label=st.sampled_from(["", "一、", "二、"]),
        heading=TEXTS,
        text=TEXTS,
    ),
    unique_by=lambda clause: clause.id,
)


@given(VERSIONS, VERSIONS)
def test_both_versions_can_be_read_off(old: list[ClauseText], new: list[ClauseText]) -> None:
    changes = redline(old, new)
    assert sum(summary(changes).values()) == len(changes)
    for clauses, without, gone in ((new, "delete", "removed"), (old, "insert", "added")):
        read = {
            change.clause.id: tuple(
                side(pieces, without) for pieces in (change.label, change.heading, change.text)
            )
            for change in changes
            if change.op != gone
        }
        assert read == {c.id: (c.label, c.heading, c.text) for c in clauses}
    present = [change.clause.id for change in changes if change.op != "removed"]
    assert present == [clause.id for clause in new]
    steady = [change.clause.id for change in changes if not change.moved and change.op != "added"]
    assert steady == [clause.id for clause in old if clause.id in steady]


def test_a_large_document_is_compared_whole() -> None:
    old, new = large_document()
    changes = redline(old, new)
    assert (summary(changes)["changed"], summary(changes)["removed"]) == (2_900, 100)
