"""The labels that Word computes, at the beginning of the lines."""

import pytest

from publishing.clauses.docx import docx_text
from tests.factories.word import (
    level,
    list_style,
    numbering,
    paragraph,
    starts_anew,
    styles,
    word_file,
)

OUTLINE = [
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
]


def lines(*body: str, **parts: str) -> list[str]:
    return docx_text(word_file(*body, **parts)).splitlines()


def numbered(*depths: int) -> list[str]:
    """Paragraphs of one list at these levels; their texts are 甲, 乙, …."""
    return [
        paragraph(text, numbered=(1, depth))
        for text, depth in zip("甲乙丙丁戊己庚", depths, strict=False)
    ]


def test_three_levels_that_start_anew_below_one_another() -> None:
    assert lines(*numbered(0, 1, 1, 2, 0, 1, 2), numbering=numbering([OUTLINE])) == [
        "一、 甲",
        "（一） 乙",
        "（二） 丙",
        "1. 丁",
        "二、 戊",
        "（一） 己",
        "1. 庚",
    ]


def test_a_level_that_counts_on() -> None:
    """w:lvlRestart 0: （一） runs on across 一、."""
    levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）", more='<w:lvlRestart w:val="0"/>'),
    ]
    assert lines(*numbered(0, 1, 0, 1), numbering=numbering([levels])) == [
        "一、 甲",
        "（一） 乙",
        "二、 丙",
        "（二） 丁",
    ]


def test_labels_of_several_levels() -> None:
    texts = ("%1", "%1.%2", "%1.%2.%3")
    levels = [level(depth, "decimal", text) for depth, text in enumerate(texts)]
    assert lines(*numbered(0, 1, 1, 2), numbering=numbering([levels])) == [
        "1 甲",
        "1.1 乙",
        "1.2 丙",
        "1.2.1 丁",
    ]


def test_a_level_without_the_one_above_it_shows_its_start() -> None:
    levels = [level(0, "decimal", "%1", start=3), level(1, "decimal", "%1.%2")]
    assert lines(*numbered(1, 1), numbering=numbering([levels])) == ["3.1 甲", "3.2 乙"]


def test_legal_numbers_are_plain_digits() -> None:
    levels = [
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2", more="<w:isLgl/>"),
    ]
    assert lines(*numbered(0, 1), numbering=numbering([levels])) == ["第一章 甲", "1.1 乙"]


def test_a_label_is_no_longer_than_word_lets_it_be() -> None:
    definition = numbering([[level(0, "decimal", "%1" * 100_000)]])
    assert [len(line) for line in lines(*numbered(0), numbering=definition)] == [127 + len("% 甲")]


def test_lists_of_one_definition_count_on_unless_they_start_anew() -> None:
    lists = {"甲": 1, "乙": 2, "丙": 3, "丁": 3}
    body = [paragraph(text, numbered=(number, 0)) for text, number in lists.items()]
    definition = numbering(
        [[level(0, "decimal", "%1.")]], [(0, ""), (0, ""), (0, starts_anew(start=5))]
    )
    assert lines(*body, numbering=definition) == ["1. 甲", "2. 乙", "5. 丙", "6. 丁"]


def test_a_list_with_a_level_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    definition = numbering([[level(0, "decimal", "%1.")]], [(0, own)])
    assert lines(*numbered(0, 0), numbering=definition) == ["A) 甲", "B) 乙"]


def test_numbers_by_style_and_by_the_style_it_is_based_on() -> None:
    parts = {
        "numbering": numbering([OUTLINE]),
        "styles": styles(
            list_style("Heading1", 1),
            list_style("Heading2", 1, level=1),
            list_style("Special", None, base="Heading2"),
        ),
    }
    body = [
        paragraph("甲", style="Heading1"),
        paragraph("乙", style="Heading2"),
        paragraph("丙", style="Special"),
        paragraph("丁"),
    ]
    assert lines(*body, **parts) == ["一、 甲", "（一） 乙", "（二） 丙", "丁"]


def test_a_level_reserved_for_a_style() -> None:
    levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%2.", more='<w:pStyle w:val="Item"/>'),
    ]
    body = [paragraph("甲", numbered=(1, 0)), paragraph("乙", style="Item")]
    parts = {
        "numbering": numbering([levels]),
        "styles": styles(
            '<w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr>'
            '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        ),
    }
    assert lines(*body, **parts) == ["一、 甲", "1. 乙"]


def test_a_paragraph_taken_out_of_the_list_of_its_style() -> None:
    parts = {"numbering": numbering([OUTLINE]), "styles": styles(list_style("Heading1", 1))}
    body = [
        paragraph("甲", style="Heading1"),
        paragraph("乙", style="Heading1", numbered=(0, 0)),
        paragraph("丙", style="Heading1"),
    ]
    assert lines(*body, **parts) == ["一、 甲", "乙", "二、 丙"]


@pytest.mark.parametrize(
    ("style", "text", "label"),
    [
        ("bullet", "\uf0b7", "•"),
        ("bullet", "\uf06c", "●"),
        ("bullet", "\uf8a9", "•"),
        ("bullet", "-", "-"),
        ("none", "附件", "附件"),
        ("decimal", "附件%1", "附件1"),
        ("chineseCountingThousand", "第%1条", "第一条"),
    ],
)
def test_labels(style: str, text: str, label: str) -> None:
    definition = numbering([[level(0, style, text)]])
    assert lines(*numbered(0), numbering=definition) == [f"{label} 甲"]


def test_a_hidden_label_is_left_out_and_an_unknown_list_has_none() -> None:
    hidden = numbering([[level(0, "decimal", "%1.", more="<w:rPr><w:vanish/></w:rPr>")]])
    assert lines(*numbered(0), numbering=hidden) == ["甲"]
    assert lines(paragraph("甲", numbered=(7, 0)), numbering=hidden) == ["甲"]
    assert lines(paragraph("甲", numbered=(7, 0))) == ["甲"]


def test_a_hidden_paragraph_counts_but_shows_nothing() -> None:
    """Seen in real files: hidden empty chapters make the sections below begin with 2.1."""
    levels = [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2.")]
    hidden = paragraph(numbered=(1, 0), mark="<w:vanish/>")
    body = [hidden, hidden, paragraph("甲", numbered=(1, 1))]
    assert lines(*body, numbering=numbering([levels])) == ["2.1. 甲"]


def test_styles_based_on_one_another_in_a_circle() -> None:
    parts = {
        "numbering": numbering([OUTLINE]),
        "styles": styles(list_style("A", None, base="B"), list_style("B", None, base="A")),
    }
    assert lines(paragraph("甲", style="A"), **parts) == ["甲"]


def test_a_definition_that_lives_in_a_list_style() -> None:
    linked = (
        f'<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1)")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    definition = numbering([]).replace("</w:numbering>", f"{linked}</w:numbering>")
    parts = {"numbering": definition, "styles": styles(list_style("L", 2))}
    assert lines(*numbered(0, 0), **parts) == ["1) 甲", "2) 乙"]


@pytest.mark.parametrize("start", ["-5", "9" * 4300, str(2**31)])
@pytest.mark.parametrize(
    "style", ["decimal", "ideographDigital", "decimalFullWidth", "chineseCounting", "upperRoman"]
)
def test_a_number_that_no_list_has_breaks_nothing(style: str, start: str) -> None:
    """Word's numbers are of 32 bits; a longer one would fill the memory with its digits."""
    [first, second] = lines(
        *numbered(0, 0), numbering=numbering([[level(0, style, "%1、", start=start)]])
    )
    assert (first[-1], second[-1]) == ("甲", "乙")
    assert len(first) < 20
