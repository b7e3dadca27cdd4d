"""What holds for every text: nothing is lost, nothing breaks."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.clauses.document import Block, Document, words_of
from publishing.clauses.parser import parse_text
from tests.documents import FOLDER

CHINESE = "一二三四五六七八九十"
WORDS = st.text("某镇村政府关于的要把事情办好加强领导", min_size=1, max_size=12)
SENTENCE = st.builds("{}，{}。".format, WORDS, WORDS)
MARKS = st.sampled_from(
    [f"{number}、" for number in CHINESE]
    + [f"（{number}）" for number in CHINESE]
    + [f"{number}." for number in range(1, 30)]
    + [
        "1.1",
        "1.2 ",
        "2.1.1",
        "2.16",
        "（1）",
        "①",
        "⑵",
        "a.",
        "B、",
        "Ⅳ.",
        "•",
        "第一条 ",
        "第二条之一 ",
    ]
    + [
        "第一章 ",
        "第二节 ",
        "第三编 ",
        "附件",
        "附件1",
        "附件：",
        "附表一 ",
        "\t",
        "\t\t",
        "    ",
        "\u200b一、",
    ]
)
SHORT = st.sampled_from(
    [
        "目录",
        "附则",
        "青石镇人民政府",
        "2024年3月1日",
        "二〇二四年三月一日印发",
        "青府发〔2024〕3号",
        "第706号",
        "各村：",
        "关于印发《某某办法》的通知",
        "《某某办法》现予印发。",
        "某某办法",
        "（试行）",
        "抄送：某某。",
        "〔注1〕某某",
        "总理　某某",
        "",
        "\t",
    ]
)
LINE = st.one_of(
    st.builds("{}{}".format, MARKS, st.one_of(WORDS, SENTENCE)), SENTENCE, MARKS, SHORT, WORDS
)
DOCUMENTS = st.lists(LINE, max_size=60).map("\n".join)
ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\t\n\r\x0b\x0c\x1c\x85\u2028\u3000\ufeff\u200b一二（）()第条章、.．1２附件年月日：。"
        ),
    ),
    max_size=300,
)


def checked(text: str) -> Document:
    document = parse_text(text)
    assert words_of(document) == "".join(text.split())
    json.dumps(document.to_json(), ensure_ascii=False)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= warning.line <= lines for warning in document.warnings)
    for part in document.parts:
        check_levels(part.blocks, 0)
    return document


def check_levels(blocks: list[Block], above: int) -> None:
    """A marker is one level below the marker that holds it; without marker the level is 0."""
    for block in blocks:
        marked = block.label and block.kind not in ("attachment", "note", "table")
        assert block.level == (above + 1 if marked else 0)
        below = 0 if block.kind == "attachment" else block.level or above
        check_levels(block.children, below)


@given(DOCUMENTS)
def test_documents_lose_nothing(text: str) -> None:
    checked(text)


@given(ODD)
def test_any_text_loses_nothing(text: str) -> None:
    checked(text)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real documents are not here")
@settings(max_examples=60)
@given(st.data())
def test_mutilated_real_documents_lose_nothing(data: st.DataObject) -> None:
    names = sorted(path.name for path in FOLDER.glob("*.txt"))
    lines = (FOLDER / data.draw(st.sampled_from(names))).read_text(encoding="utf-8").split("\n")
    start = data.draw(st.integers(0, len(lines) - 1))
    lines = lines[start : start + data.draw(st.integers(1, 80))]
    for index in data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=10)):
        lines[index] = data.draw(st.one_of(st.just(""), LINE, st.just(lines[index][:5])))
    if data.draw(st.booleans()):
        lines = data.draw(st.permutations(lines))
    checked("\n".join(lines))


def test_an_empty_text_makes_an_empty_part() -> None:
    for text in ("", "\n\n", " \u3000\t\r\n", "\t\n\t\n"):
        document = checked(text)
        assert (document.title, document.parts[0].blocks, document.warnings) == ("", [], [])


@pytest.mark.parametrize(
    "character", ["一", "（", "第", "1.", "《", " ", "下列", "附 ", "a\t", "2022年"]
)
def test_one_huge_line_is_kept_whole(character: str) -> None:
    """A pattern that tries again from each place would not end before the night."""
    checked(character * 500_000)
