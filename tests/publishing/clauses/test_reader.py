"""Bytes → text: encodings, and files that are none of the kinds that can be read."""

import pytest

from publishing.clauses.document import DocumentError
from publishing.clauses.docx.package import MAX_FILE_BYTES
from publishing.clauses.reader import read_document, read_text
from tests.factories.word import paragraph, word_file

TEXT = "青石镇服务办法\r\n第一条　为了“服务”，制定本办法。\r\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx，再上传。"


def refusal(data: bytes, name: str = "a.txt") -> str:
    with pytest.raises(DocumentError) as caught:
        read_text(data, name)
    return str(caught.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
@pytest.mark.parametrize("text", [TEXT, "一、只有汉字没有换行也没有数字的一段话，要认出来。"])
def test_encodings(encoding: str, text: str) -> None:
    assert read_text(text.encode(encoding), "a.txt") == text


def test_utf_16_big_endian_with_its_mark() -> None:
    assert read_text(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.txt") == TEXT


def test_rare_characters_survive() -> None:
    text = "第一条　𠮷村、㐂村、䶮镇。👍"
    for encoding in ("utf-8", "utf-16", "gb18030"):
        assert read_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("name", ["方案.docx", "方案.DOCX", "方案.doc", "方案.txt", "-"])
def test_word_is_known_by_its_bytes(name: str) -> None:
    data = word_file(paragraph("第一条 甲。"))
    assert read_text(data, name) == "第一条 甲。\n"
    assert read_document(data, name).parts[0].blocks[0].label == "第一条"


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.docx", "文件是空的，请检查后重新选择文件。"),
        (b"\r\n  \n", "a.txt", "文件是空的，请检查后重新选择文件。"),
        (bytes(5000), "a.txt", "文件是空的，请检查后重新选择文件。"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "文件有密码，请在 Word 或 WPS 中取消密码后另存，再上传。",
        ),
        (
            OLE + "WordDocument".encode("utf-16-le"),
            "a.docx",
            f"这是旧版 Word（.doc）或 WPS（.wps）文件，只改扩展名不能转换格式，{SAVE_AS}",
        ),
        (OLE + "Workbook".encode("utf-16-le"), "a.docx", "这是 Excel 表格"),
        (b"%PDF-1.7 ...", "a.docx", "这是 PDF 文件，不能识别条款"),
        (b"{\\rtf1\\ansi}", "a.docx", f"这是 RTF 文件，{SAVE_AS}"),
        (b"<html><body>a</body></html>", "a.doc", "这是网页，不是 Word 文件"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML>", "a.docx", "这是网页，不是 Word 文件"),
        (b"MIME-Version: 1.0\n", "a.doc", "这是网页格式（.mht）的文件"),
        (b"\x89PNG\r\n\x1a\n", "a.docx", "这是图片"),
        (b"Rar!\x1a\x07", "a.docx", "这是压缩包"),
        ("只是文本".encode(), "a.docx", "这不是能识别的 Word 文件，可能已损坏或改过扩展名"),
        (b"PK\x03\x04 cut", "a.docx", "文件不完整或已损坏"),
        (bytes(range(256)) * 8, "a.txt", "不能识别文件的内容或编码"),
        (b"a\x01\x02\x03\x04" * 50, "a.txt", "不能识别文件的内容或编码"),
        (("第一条。" * 200).encode() + b"\xe7\xac", "a.txt", "文本文件有损坏的字符"),
        (b"\xff\xfe\x00", "a.txt", "文本文件有损坏的字符"),
        (b"a" * (MAX_FILE_BYTES + 1), "a.txt", "文件超过 20 MB"),
    ],
)
def test_refusals(data: bytes, name: str, message: str) -> None:
    assert refusal(data, name).startswith(message)
