"""The flat form: what is read, how it is written down, and what its hash stands for."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.clauses.clause import (
    KINDS,
    ClauseText,
    Row,
    canonical_json,
    digest,
    fresh_id,
    join_line,
)

ROWS = st.builds(
    Row, st.lists(st.text(max_size=8), max_size=4).map(tuple), st.booleans(), st.booleans()
)
CLAUSES = st.builds(
    ClauseText,
    id=st.uuids().map(str),
    kind=st.sampled_from(KINDS),
    label=st.text(max_size=6),
    heading=st.text(max_size=12),
    text=st.text(max_size=40),
    level=st.integers(0, 9),
    commentable=st.booleans(),
    rows=st.lists(ROWS, max_size=3).map(tuple),
)
CLAUSE = ClauseText("a", "clause", "（一）", "简化手续。", "窗口一次办结。", 2, True)
TABLE = ClauseText(
    "b", "table", "附件1", "清单", rows=(Row(("事项", "时限"), True), Row(("办证", "")))
)


@pytest.mark.parametrize(
    ("label", "heading", "text", "line"),
    [
        ("（一）", "简化手续。", "窗口一次办结。", "（一）简化手续。窗口一次办结。"),
        ("第三条", "", "本办法自发布之日起施行。", "第三条　本办法自发布之日起施行。"),
        ("第一章", "总则", "", "第一章　总则"),
        ("1.1", "目标", "", "1.1　目标"),
        ("2.", "", "16个村参加。", "2.16个村参加。"),
        ("附件1", "：清单", "", "附件1：清单"),
        ("一、", "总体要求", "按以下要求办理。", "一、总体要求\n按以下要求办理。"),
        ("", "", "只有文字。", "只有文字。"),
        ("第四条", "", "", "第四条"),
    ],
)
def test_a_line_is_joined_as_documents_print_it(
    label: str, heading: str, text: str, line: str
) -> None:
    assert join_line(label, heading, text) == line


def test_full_text_is_all_that_is_read() -> None:
    assert CLAUSE.full_text == "（一）简化手续。窗口一次办结。"
    assert TABLE.full_text == "附件1　清单\n事项\t时限\n办证\t"
    assert ClauseText("c", "paragraph").full_text == ""


@given(CLAUSES)
def test_full_text_loses_nothing(clause: ClauseText) -> None:
    cells = "".join(cell for row in clause.rows for cell in row.cells)
    parts = clause.label + clause.heading + clause.text + cells
    assert "".join(clause.full_text.split()) == "".join(parts.split())


def test_json_has_one_form() -> None:
    assert json.dumps(TABLE.to_json(), ensure_ascii=False) == (
        '{"id": "b", "kind": "table", "label": "附件1", "heading": "清单", "text": "", "level": 0, '
        '"commentable": false, "rows": [{"cells": ["事项", "时限"], "header": true, '
        '"repeated": false}, {"cells": ["办证", ""], "header": false, "repeated": false}]}'
    )


@given(CLAUSES)
def test_json_comes_back_as_it_went(clause: ClauseText) -> None:
    assert ClauseText.from_json(json.loads(json.dumps(clause.to_json()))) == clause


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {**CLAUSE.to_json(), "kind": "article"},
        {**CLAUSE.to_json(), "level": None},
        {**CLAUSE.to_json(), "rows": [{"cells": ["x"]}]},
        {key: value for key, value in CLAUSE.to_json().items() if key != "text"},
    ],
)
def test_what_is_no_clause_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="clause"):
        ClauseText.from_json(broken)


def test_digest_is_the_hash_of_the_canonical_file() -> None:
    data = canonical_json([CLAUSE])
    assert data.decode() == (
        '[{"id":"a","kind":"clause","label":"（一）","heading":"简化手续。",'
        '"text":"窗口一次办结。","level":2,"commentable":true,"rows":[]}]'
    )
    assert digest([CLAUSE]) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        [replace(CLAUSE, text=CLAUSE.text + " "), TABLE],
        [replace(CLAUSE, id="c"), TABLE],
        [replace(CLAUSE, commentable=False), TABLE],
        [CLAUSE, replace(TABLE, rows=TABLE.rows[:1])],
        [TABLE, CLAUSE],
        [CLAUSE],
    ],
)
def test_digest_tells_versions_apart(other: list[ClauseText]) -> None:
    assert digest([CLAUSE, TABLE]) == digest(iter([CLAUSE, TABLE]))
    assert digest(other) != digest([CLAUSE, TABLE])


def test_digest_bears_what_utf_8_cannot_hold() -> None:
    assert len(digest([replace(CLAUSE, text="\ud800")])) == 64


def test_fresh_ids_differ() -> None:
    assert len({fresh_id() for _ in range(100)}) == 100
