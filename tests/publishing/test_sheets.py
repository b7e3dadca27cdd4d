"""Spreadsheets that come in, whatever they hold, and tables that go out as CSV."""

import csv
import io
import zipfile
from contextlib import suppress
from typing import Any

import openpyxl
import pytest

from publishing.sheets.csv import write_csv
from publishing.sheets.reading import MAX_BYTES, SheetRefused, read_list
from publishing.sheets.table import Column, Sheet

HEADINGS = {"name": ("姓名",), "phone": ("电话", "手机"), "note": ("备注",)}


def book(*rows: list[Any]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read(content: bytes, limit: int = 20) -> list[tuple[int, dict[str, str]]]:
    return read_list(content, headings=HEADINGS, required=("name", "phone"), limit=limit)


def refused(content: bytes, limit: int = 20) -> str:
    with pytest.raises(SheetRefused) as refusal:
        read(content, limit)
    return refusal.value.message


def test_rows_below_the_headings_are_read_with_their_lines() -> None:
    content = book(
        ["受邀名单"],
        [],
        ["序号", "姓 名", "手机"],
        [1, "张三", 13800000001],
        [],
        [2, " 李四 ", "138-0000-0002"],
    )
    assert read(content) == [
        (4, {"name": "张三", "phone": "13800000001"}),
        (6, {"name": "李四", "phone": "138-0000-0002"}),
    ]


def test_a_number_that_became_a_fraction_is_whole_again() -> None:
    assert read(book(["姓名", "电话"], ["张三", 13800000001.0])) == [
        (2, {"name": "张三", "phone": "13800000001"})
    ]


def test_a_formula_is_never_read_as_one() -> None:
    assert read(book(["姓名", "电话"], ["=1+1", "13800000001"])) == [
        (2, {"name": "", "phone": "13800000001"})
    ]


def test_without_headings_it_says_which() -> None:
    assert "姓名、电话" in refused(book(["名字", "号码"], ["张三", "13800000001"]))


def test_too_many_rows_are_refused_whole() -> None:
    rows = [[f"张{n}", "13800000001"] for n in range(40)]
    assert "一次最多导入20行" in refused(book(["姓名", "电话"], *rows))


def test_a_row_far_down_costs_nothing() -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].append(["姓名", "电话"])
    made.worksheets[0].cell(row=1_048_576, column=1, value="张三")
    file = io.BytesIO()
    made.save(file)
    assert "一次最多导入20行" in refused(file.getvalue())


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0" + b"0" * 600, b"a,b\n1,2"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert ".xlsx" in refused(content)


def test_an_archive_without_a_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "另存为" in refused(file.getvalue())


def test_a_large_file_is_not_looked_into() -> None:
    assert "文件太大" in refused(b"P" * (MAX_BYTES + 1))


def test_what_grows_when_it_is_unpacked_is_refused() -> None:
    file = io.BytesIO(book(["姓名", "电话"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b" " * (40 * 1024 * 1024))
    assert len(file.getvalue()) < MAX_BYTES
    assert "展开后太大" in refused(file.getvalue())


def test_entities_are_not_expanded() -> None:
    source = zipfile.ZipFile(io.BytesIO(book(["姓名", "电话"], ["张三", "13800000001"])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                doctype = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]>'
                part = doctype + part.split(b"?>", 1)[-1]
            archive.writestr(name, part)
    assert "另存为" in refused(file.getvalue())


PARTS = ("[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml")
MANGLED = [b"", b"\0", b"<a", b"<a></b>", b'<?xml version="1.0" encoding="bogus"?><a/>']


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("words", MANGLED)
def test_a_workbook_with_a_mangled_part_is_no_error(part: str, words: bytes) -> None:
    refused_or_read(repacked(zipfile.ZIP_DEFLATED, {part: words}))


def test_a_broken_archive_of_any_packing_is_no_error() -> None:
    for packing in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        whole = repacked(packing, {})
        for place in range(0, len(whole), 97):
            refused_or_read(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])


def repacked(packing: int, changed: dict[str, bytes]) -> bytes:
    """A good workbook, packed anew with other words in some of its parts."""
    book, file, packed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["姓名", "电话"])
    book.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(packed, "w", packing) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return packed.getvalue()


def refused_or_read(content: bytes) -> None:
    with suppress(SheetRefused):
        read_list(content, headings=HEADINGS, required=("name", "phone"), limit=5)


def test_a_csv_file_is_neither_broken_nor_armed() -> None:
    hostile = ['=HYPERLINK("x")', "张,三\n四", '"', "\x0b\ufffe@SUM(1)", "𠮷"]
    file = io.BytesIO()
    sheet = Sheet("名单", [Column(str(n), 9) for n in range(5)], [hostile], ("标题",))
    assert write_csv(sheet, file) == 1
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert head == ["0", "1", "2", "3", "4"]
    assert row == ['\'=HYPERLINK("x")', "张,三\n四", '"', "'@SUM(1)", "𠮷"]
