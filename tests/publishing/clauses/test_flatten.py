"""From tree to list: what becomes a clause, a heading, a paragraph; and nothing is lost."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.clauses.clause import ClauseText
from publishing.clauses.clause import Row as FlatRow
from publishing.clauses.document import Block, Document, Part, Row, words_of
from publishing.clauses.flatten import flatten
from publishing.clauses.parser import parse_text


def flat(*blocks: Block, title: str = "") -> list[ClauseText]:
    numbers = count(1)
    return flatten(Document(parts=[Part(title, list(blocks))]), new_id=lambda: str(next(numbers)))


def words(clauses: list[ClauseText]) -> str:
    return "".join("".join(clause.full_text for clause in clauses).split())


def test_an_article_is_one_clause_with_all_below_it() -> None:
    article = Block(
        "article",
        "第三条",
        3,
        2,
        text="窗口应当公开下列内容：",
        commentable=True,
        children=[
            Block("item", "（一）", 1, 3, text="办事指南；"),
            Block(
                "item",
                "（二）",
                2,
                3,
                heading="办理时限。",
                text="以工作日计算；",
                children=[Block("item", "1.", 1, 4, text="当场办结的；")],
            ),
            Block("paragraph", text="内容有变动的，当日更新。"),
        ],
    )
    assert flat(article) == [
        ClauseText(
            "1",
            "clause",
            "第三条",
            "",
            "窗口应当公开下列内容：\n（一）办事指南；\n（二）办理时限。以工作日计算；\n"
            "1.当场办结的；\n内容有变动的，当日更新。",
            2,
            True,
        )
    ]


def test_headings_structure_and_clauses_stand_below_them() -> None:
    tree = Block(
        "heading",
        "一、",
        1,
        1,
        heading="总体要求",
        children=[
            Block("item", "（一）", 1, 2, heading="目标。", text="全镇办成。", commentable=True),
            Block("item", "（二）", 2, 2, heading="步骤。", text="分三步走。", commentable=True),
        ],
    )
    assert flat(tree) == [
        ClauseText("1", "heading", "一、", "总体要求", level=1),
        ClauseText("2", "clause", "（一）", "目标。", "全镇办成。", 2, True),
        ClauseText("3", "clause", "（二）", "步骤。", "分三步走。", 2, True),
    ]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Block("title", text="关于便民\n服务的办法"), [("heading", "", "关于便民服务的办法", "")]),
        (Block("title", text="ABC\n123 计划"), [("heading", "", "ABC 123 计划", "")]),
        (Block("chapter", "第一章", 1, 1, text="总则"), [("heading", "第一章", "总则", "")]),
        (Block("recipient", text="各村（居）委会："), [("paragraph", "", "", "各村（居）委会：")]),
        (Block("item", "1.", 1, 1, text="名单"), [("paragraph", "", "", "1.名单")]),
        (Block("attachment", "附件1", 1, 1, "名单"), [("heading", "附件1", "名单", "")]),
        (Block("attachment", "附件2", 2, 1), [("heading", "附件2", "", "")]),
        (
            Block("heading", "二、", 2, 1, "保障", "镇里统筹。"),
            [("heading", "二、", "保障", ""), ("paragraph", "", "", "镇里统筹。")],
        ),
        (Block("note", heading="注：", text="含社区。"), [("paragraph", "", "", "注：含社区。")]),
        (
            Block("paragraph", text="分工：", children=[Block("paragraph", text="党政办牵头。")]),
            [("paragraph", "", "", "分工："), ("paragraph", "", "", "党政办牵头。")],
        ),
        (Block("paragraph"), []),
        (Block("paragraph", text=" \n"), []),
    ],
)
def test_what_is_not_commentable(block: Block, expected: list[tuple[str, str, str, str]]) -> None:
    assert [(c.kind, c.label, c.heading, c.text) for c in flat(block)] == expected
    assert [c.commentable for c in flat(block)] == [False] * len(expected)


def test_a_part_without_a_title_block_shows_its_title_first() -> None:
    body = Block("paragraph", text="正文。")
    assert flat(body, title="通知")[0] == ClauseText("1", "heading", "", "通知", level=0)
    titled = flat(Block("issuer", text="某镇"), Block("title", text="通知"), body, title="通知")
    assert [c.heading or c.text for c in titled] == ["某镇", "通知", "正文。"]


def test_a_table_in_a_clause_stands_on_its_own_and_the_rest_stays_open_to_opinions() -> None:
    table = Block("table", "表1", 1, 2, "时限表", rows=[Row(["事项", "时限"], True), Row(["办证"])])
    clause = Block(
        "item",
        "（一）",
        1,
        2,
        heading="时限。",
        text="见表：",
        commentable=True,
        children=[table, Block("paragraph", text="特殊情况除外。")],
    )
    assert flat(clause) == [
        ClauseText("1", "clause", "（一）", "时限。", "见表：", 2, True),
        ClauseText(
            "2",
            "table",
            "表1",
            "时限表",
            commentable=True,
            rows=(FlatRow(("事项", "时限"), header=True), FlatRow(("办证", ""))),
        ),
        ClauseText("3", "clause", "", "", "特殊情况除外。", 2, True),
    ]


def test_words_between_a_caption_and_its_table_stand_before_it() -> None:
    table = Block("table", "附件", None, 1, "清单", "（单位：元）", rows=[Row(["甲", "5"])])
    assert [(c.kind, c.label, c.text) for c in flat(table)] == [
        ("paragraph", "", "附件　清单\n（单位：元）"),
        ("table", "", ""),
    ]


def test_two_parts_follow_one_another() -> None:
    parts = [
        Part("通知", [Block("title", text="通知"), Block("paragraph", text="现予印发。")]),
        Part("办法", [Block("title", text="办法"), Block("article", "第一条", 1, 1, text="甲。")]),
    ]
    clauses = flatten(Document(parts=parts))
    assert [c.heading or c.text for c in clauses] == ["通知", "现予印发。", "办法", "第一条　甲。"]
    assert len({clause.id for clause in clauses}) == 4


def test_levels_deeper_than_the_form_takes_are_capped() -> None:
    deep = Block("item", "（1）", 1, 12, text="细。", commentable=True)
    heading = Block("heading", "1.1", 1, 12, heading="细目")
    assert [clause.level for clause in flat(deep, heading)] == [9, 9]


def test_real_documents_lose_nothing(shared_documents: Path) -> None:
    files = sorted(shared_documents.glob("*.txt"))
    documents = [parse_text(path.read_text(encoding="utf-8")) for path in files]
    assert [words(flatten(document)) for document in documents] == list(map(words_of, documents))


WORDS = st.text(st.sampled_from("镇村办事，。：（）\n 1a"), max_size=8)
TREE = st.recursive(
    st.builds(
        Block,
        kind=st.sampled_from(["item", "paragraph", "table", "title", "chapter", "note"]),
        label=st.sampled_from(["", "一、", "（一）", "第三条", "附件1"]),
        level=st.integers(0, 12),
        heading=WORDS,
        text=WORDS,
        commentable=st.booleans(),
        rows=st.lists(st.builds(Row, st.lists(WORDS, max_size=3)), max_size=3),
    ),
    lambda children: st.builds(
        Block,
        kind=st.sampled_from(["heading", "article", "attachment", "section", "paragraph"]),
        label=st.sampled_from(["", "二、", "第一章", "1.1"]),
        heading=WORDS,
        text=WORDS,
        commentable=st.booleans(),
        children=st.lists(children, max_size=4),
    ),
    max_leaves=12,
)


@given(st.lists(st.builds(Part, st.just(""), st.lists(TREE, max_size=4)), max_size=2))
def test_nothing_is_lost_and_all_in_order(parts: list[Part]) -> None:
    document = Document(parts=parts)
    clauses = flatten(document)
    assert words(clauses) == words_of(document)
    assert [c for c in clauses if c.commentable != (c.kind in {"clause", "table"})] == []
    assert [c for c in clauses if "\n" in c.heading + c.label] == []
    # What the editor's blocks of each kind can hold:
    assert [c for c in clauses if c.kind == "paragraph" and (c.label or c.heading)] == []
    assert [c for c in clauses if c.kind in {"heading", "table"} and c.text] == []
    assert [c for c in clauses if not words([c]) and c.kind != "table"] == []
