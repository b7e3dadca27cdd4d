"""What people type is kept, but for what nobody can see; and no export can be broken or armed."""

import csv
import io
import unicodedata
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.text import (
    SHEET_CELL_LIMIT,
    SheetText,
    TextMissing,
    TextTooLong,
    clean_text,
    csv_cell,
    require_text,
    rich_text_words,
    safe_sheet_text,
    sheet_pieces,
)

ANY_TEXT = st.text(
    st.characters() | st.sampled_from("\x00\x0b\r\n\t\x85\u2028\ufeff\u202e\u200d\ufffe=+-@＝ ")
)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("建议增加班车。", "建议增加班车。"),
        ("一\r\n二\r三\u0085四\u2028五\u2029六\n七", "一\n二\n三\n四\n五\n六\n七"),
        ("甲\t乙", "甲\t乙"),
        ("甲\x00\x07\x0b\x0c\x1b\x7f\x9f乙", "甲乙"),
        ("甲\ufffe\uffff\ufdd0\U0010ffff乙", "甲乙"),
        ("甲\ud83d乙\udc00", "甲乙"),
        ("甲\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069乙", "甲乙"),
        ("加\u200b微\u2060信\ufeff", "加微信"),
        ("e\u0301", "é"),
        ("e\u202e\u0301", "é"),
        ("  两边的空格\n", "  两边的空格\n"),
        ("\ufffd", "\ufffd"),
    ],
)
def test_clean_text(written: str, kept: str) -> None:
    assert clean_text(written) == kept


@pytest.mark.parametrize(
    "intact",
    [
        FAMILY,
        ENGLAND,
        "\U0001f44d\U0001f3fd",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "\U00020bb7野家",  # extension B
        "\U0002a6d6\U0002a700\U0002b740\U0002b820\U0002ceb0\U00030000\U00031350",  # B to H
        "葛\U000e0100飾",  # an ideographic variation sequence
        "\ue863",  # private use, where older fonts keep rare Han
        "می\u200cخواهم",
    ],
)
def test_rare_characters_stay(intact: str) -> None:
    assert clean_text(intact) == intact


@pytest.mark.parametrize(
    "nothing",
    ["", " \t\n　", "\u200b\u200c\u200d\ufeff\u2060", "\u202e", "\ufe0f", "\u3164\u2800", "\u00ad"],
)
def test_text_that_nobody_can_see_is_empty(nothing: str) -> None:
    assert clean_text(nothing) == ""
    with pytest.raises(TextMissing):
        require_text(nothing, limit=10)


def test_length_is_counted_in_characters_after_cleaning() -> None:
    assert require_text("\ufeff𠮷野家\r\n", limit=4) == "𠮷野家\n"
    with pytest.raises(TextTooLong) as refusal:
        require_text("𠮷野家甲乙", limit=4)
    assert (refusal.value.length, refusal.value.limit) == (5, 4)
    assert refusal.value.message == "内容共 5 字，超出上限 4 字，请删减 1 字后再提交。"


@given(ANY_TEXT)
def test_cleaning_is_stable_and_leaves_only_what_may_stay(value: str) -> None:
    text = clean_text(value)
    assert clean_text(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert [c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"] == []
    assert [c for c in text if ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF] == []
    assert set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff") == set()


@given(st.text(st.characters(categories=["L", "N", "P"])))
def test_cleaning_loses_nothing_that_is_written(value: str) -> None:
    assert clean_text(value) == unicodedata.normalize("NFC", value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("同意", SheetText("同意", False)),
        ("5=5", SheetText("5=5", False)),
        ("=1+1", SheetText("=1+1", True)),
        ("+86", SheetText("+86", True)),
        ("-1", SheetText("-1", True)),
        ("@SUM(A1)", SheetText("@SUM(A1)", True)),
        ("\t=1", SheetText("\t=1", True)),
        ("\r文", SheetText("\r文", True)),
        (" \n=1", SheetText(" \n=1", True)),
        ("＝1+1", SheetText("＝1+1", True)),
        ("\x0b=1", SheetText("=1", True)),
        ("\x00=1", SheetText("=1", True)),
        ("甲\ufffe\x00乙\ud800", SheetText("甲乙", False)),
    ],
)
def test_safe_sheet_text(value: str, expected: SheetText) -> None:
    assert safe_sheet_text(value) == expected


@given(ANY_TEXT)
def test_sheet_text_is_legal_xml_and_stable(value: str) -> None:
    sheet = safe_sheet_text(value)
    assert safe_sheet_text(sheet.text) == sheet
    element = ElementTree.Element("t")
    element.text = sheet.text
    parsed = ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8"))  # noqa: S314 - our own text
    # XML itself reads \r as \n.
    assert (parsed.text or "").replace("\r\n", "\n") == sheet.text.replace("\r\n", "\n").replace(
        "\r", "\n"
    )


@given(ANY_TEXT)
def test_a_workbook_takes_every_text(value: str) -> None:
    text = safe_sheet_text(value).text
    cell = openpyxl.Workbook().active.cell(1, 1, text)  # raises on what XML can't hold
    cell.data_type = "s"
    assert cell.value == text


@given(ANY_TEXT)
def test_no_csv_cell_begins_as_a_formula(value: str) -> None:
    cell = csv_cell(value)
    assert csv_cell(cell) == cell
    assert cell.lstrip()[:1] not in set("=+-@＝＋－＠")
    file = io.StringIO(newline="")
    csv.writer(file).writerow([cell, "x"])
    file.seek(0)
    assert list(csv.reader(file)) == [[cell, "x"]]


def test_csv_cell_marks_a_formula_and_nothing_else() -> None:
    assert csv_cell('=HYPERLINK("x")') == '\'=HYPERLINK("x")'
    assert csv_cell("\t文") == "'\t文"
    assert csv_cell("同意，建议如下：\n1. 加快") == "同意，建议如下：\n1. 加快"


@pytest.mark.parametrize("char", ["长", "\U00020bb7"])
def test_a_text_longer_than_a_cell_is_continued_not_cut(char: str) -> None:
    value = "=" + char * 40_000
    pieces = sheet_pieces(value)
    assert "".join(piece.text for piece in pieces) == value
    assert [len(piece.text.encode("utf-16-le")) // 2 <= SHEET_CELL_LIMIT for piece in pieces] == [
        True
    ] * (-(-len(value.encode("utf-16-le")) // 2 // SHEET_CELL_LIMIT))
    assert [piece.formula_like for piece in pieces] == [True] + [False] * (len(pieces) - 1)


def test_a_short_text_is_one_piece() -> None:
    assert sheet_pieces("") == [SheetText("", False)]
    assert sheet_pieces("同意\x00") == [SheetText("同意", False)]
    full = "长" * SHEET_CELL_LIMIT
    assert sheet_pieces(full) == [SheetText(full, False)]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("<p>&nbsp;</p>", ""),
        ("<p>&#8203;</p><ul><li>\u3000</li></ul>", ""),
        ("<p>为便民，<b>延长</b>开放时间。</p>", "为便民，延长开放时间。"),
        ("<p>3 &lt; 5</p>", "3 < 5"),
    ],
)
def test_a_rich_text_says_what_a_reader_sees(value: str, words: str) -> None:
    assert rich_text_words(value) == words
