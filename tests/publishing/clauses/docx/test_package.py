"""Files that are refused, each with what to do."""

import io
import struct
import zipfile

import pytest

from publishing.clauses.document import DocumentError
from publishing.clauses.docx import docx_text
from publishing.clauses.docx.package import MAX_FILE_BYTES, MAX_UNPACKED_BYTES
from publishing.clauses.docx.story import MAX_PARAGRAPHS
from tests.factories.word import level, numbering, paragraph, table, word_file, zip_file

BROKEN = "文件不完整或已损坏，请用 Word 或 WPS 打开后另存为 .docx，再上传。"
GOOD = word_file(paragraph("甲"))


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        docx_text(data)
    return str(caught.value)


def with_member(name: str, content: bytes) -> bytes:
    """The good file with one member replaced or added."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    return zip_file({**members, name: content})


@pytest.mark.parametrize("length", [4, 30, 200, len(GOOD) // 2, len(GOOD) - 30])
def test_a_file_that_was_cut(length: int) -> None:
    assert refusal(GOOD[:length]) == BROKEN


def test_a_file_with_wrong_bytes_inside() -> None:
    spoilt = bytearray(GOOD)
    start = GOOD.index(b"word/document.xml") + 40
    spoilt[start : start + 40] = bytes(40)
    assert refusal(bytes(spoilt)) == BROKEN


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<w:document",
        b"<html/>",
        b'<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>',
        b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>',
        b"<d>" * 300 + b"</d>" * 300,
    ],
)
def test_xml_that_word_never_writes(content: bytes) -> None:
    assert refusal(with_member("word/document.xml", content)) == BROKEN


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"a.txt": b"a"}, "这是压缩包，不是 Word 文件，请解压后上传其中的 .docx 文件。"),
        ({"xl/workbook.xml": b"<a/>"}, "这是 Excel 表格"),
        ({"ppt/presentation.xml": b"<a/>"}, "这是演示文稿"),
        ({"OFD.xml": b"<a/>"}, "这是 OFD 版式文件"),
        ({"content.xml": b"<a/>", "mimetype": b"odt"}, "这是 OpenDocument 文件"),
        ({"[Content_Types].xml": b"<a/>"}, BROKEN),
    ],
)
def test_other_kinds_of_packages(members: dict[str, bytes], message: str) -> None:
    assert refusal(zip_file(members)).startswith(message)


def test_a_package_with_a_password() -> None:
    locked = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = -1
        while (position := locked.find(signature, position + 1)) >= 0:
            flags = struct.unpack_from("<H", locked, position + offset)[0]
            struct.pack_into("<H", locked, position + offset, flags | 1)
    assert refusal(bytes(locked)).startswith("文件有密码")


def test_too_large_a_file() -> None:
    assert refusal(GOOD + bytes(MAX_FILE_BYTES)).startswith("文件超过 20 MB")


def test_too_much_when_unpacked() -> None:
    bomb = with_member("word/media/image1.png", bytes(MAX_UNPACKED_BYTES + 1))
    assert len(bomb) < 1_000_000
    assert refusal(bomb).startswith("文件展开后太大")


def test_too_much_text_when_unpacked() -> None:
    bomb = with_member("word/document.xml", b"<a>" + b" " * (70 << 20) + b"</a>")
    assert refusal(bomb).startswith("文件展开后太大")


def test_a_header_that_lies_about_the_size() -> None:
    """What comes out is counted; a member longer than its header says is broken."""
    bomb = bytearray(with_member("word/document.xml", b"<a>" + b" " * (70 << 20) + b"</a>"))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        position = bomb.find(b"word/document.xml")
        while position >= 0:
            header = bomb.rfind(signature, 0, position)
            if header >= 0 and position - header < 60:
                struct.pack_into("<L", bomb, header + offset, 1000)
            position = bomb.find(b"word/document.xml", position + 1)
    assert refusal(bytes(bomb)) == BROKEN


def test_too_many_paragraphs() -> None:
    assert (
        len(docx_text(word_file(paragraph("甲") * MAX_PARAGRAPHS)).splitlines()) == MAX_PARAGRAPHS
    )
    message = refusal(word_file(paragraph("甲") * (MAX_PARAGRAPHS + 1)))
    assert message == "文件超过 20,000 段，请分成几个文件后分别上传。"


def test_a_cell_that_claims_to_span_a_million_columns() -> None:
    wide = table(["甲", "乙"]).replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="1000000"/>')
    assert len(docx_text(word_file(wide)).splitlines()) < 200


def test_the_strict_namespace() -> None:
    strict = GOOD_XML.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert docx_text(with_member("word/document.xml", strict)) == "甲\n"


with zipfile.ZipFile(io.BytesIO(GOOD)) as opened:
    GOOD_XML = opened.read("word/document.xml")


@pytest.mark.parametrize(
    "rows",
    [
        '<w:tc><w:tcPr><w:gridSpan w:val="64"/></w:tcPr></w:tc>' * 4000,
        '<w:tc/></w:tr><w:tr><w:trPr><w:gridAfter w:val="64"/></w:trPr><w:tc/><w:tc/>' * 4000,
    ],
)
def test_a_table_that_claims_ever_more_cells(rows: str) -> None:
    assert "单元格太多" in refusal(word_file(f"<w:tbl><w:tr>{rows}</w:tr></w:tbl>"))


def test_labels_that_are_longer_than_all_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list's label may have 255 characters, and each paragraph has one."""
    monkeypatch.setattr("publishing.clauses.docx.MAX_CHARACTERS", 2_000)
    listed = numbering([[level(0, "decimal", "长" * 255)]])
    body = [paragraph("甲", numbered=(1, 0)) for _number in range(9)]
    assert "正文太长" in refusal(word_file(*body, numbering=listed))
    assert docx_text(word_file(*body[:5], numbering=listed)).count("甲") == 5
