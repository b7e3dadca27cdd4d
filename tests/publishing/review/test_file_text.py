"""What is searched of attachments, and what a person must read because no program can."""

import io
import zipfile

import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from people.finding import find_personal_data
from publishing.review import file_text, pdf_text
from publishing.review.file_text import BY_HAND, text_of_file
from tests.factories.pdf import make_pdf
from tests.factories.word import deleted, inserted, paragraph, run, word_file

NUMBER = "13800001234"


def values(text: str) -> list[str]:
    """Each once, as they come."""
    return list(dict.fromkeys(find.value for find in find_personal_data(text)))


def test_a_word_file_is_searched_whatever_pieces_word_made_of_the_number() -> None:
    table = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>"
    content = word_file(
        paragraph(run("电话138"), run("0000"), run("1234。")),
        table.format(paragraph("手机"), paragraph("13800001235")),
    )
    read = text_of_file(content, "名单.docx")
    assert (values(read.text), read.problem) == ([NUMBER, "13800001235"], "")


def test_a_number_that_was_corrected_is_read_as_it_is_now() -> None:
    content = word_file(paragraph("电话1380000", deleted("9999"), inserted(run("1234"))))
    assert NUMBER in values(text_of_file(content, "a.docx").text)


def test_what_a_receiver_can_make_visible_is_searched_too() -> None:
    hidden = run(f"电话{NUMBER}", "<w:vanish/>")
    content = word_file(paragraph("正文", deleted("旧号13800001235")), paragraph(hidden))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    extra = io.BytesIO(content)
    with zipfile.ZipFile(extra, "a") as archive:
        for name, number in (("header1", "13800001236"), ("comments", "13800001237")):
            words = paragraph(f"批注{number}")
            archive.writestr(f"word/{name}.xml", f'<w:hdr xmlns:w="{space}">{words}</w:hdr>')
    found = values(text_of_file(extra.getvalue(), "a.docx").text)
    assert sorted(found) == [NUMBER, "13800001235", "13800001236", "13800001237"]


def test_a_pdf_file_is_searched_over_its_lines_and_pages() -> None:
    read = text_of_file(make_pdf("Tel 138-0000-1234", "1380000\n1235"), "a.pdf")
    assert (values(read.text), read.problem) == ([NUMBER, "13800001235"], "")


def test_a_pdf_that_may_be_read_but_not_changed_is_searched() -> None:
    read = text_of_file(make_pdf(NUMBER, owner="secret"), "a.pdf")
    assert (values(read.text), read.problem) == ([NUMBER], "")


def test_plain_text_is_searched_in_any_encoding() -> None:
    read = text_of_file(f"联系人的电话是{NUMBER}，请妥善保管。".encode("gb18030"), "a.txt")
    assert (values(read.text), read.problem) == ([NUMBER], "")


def test_pages_without_words_are_named() -> None:
    read = text_of_file(make_pdf(NUMBER, "", "words"), "a.pdf")
    assert values(read.text) == [NUMBER]
    assert read.problem == f"PDF 文件第2页没有文字（可能是扫描的图片）。{BY_HAND}"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (make_pdf("", ""), "PDF 文件是扫描件或图片，没有文字。"),
        (make_pdf(NUMBER, password="secret"), "PDF 文件有密码。"),
        (make_pdf(NUMBER)[:300], "PDF 文件有损坏。"),
        (b"%PDF-1.4\n%%EOF", "PDF 文件有损坏。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, file_text._OTHER),
        (b"PK\x03\x04broken", file_text._OTHER),
        (b"", file_text._OTHER),
        (b"\x89PNG\r\n\x1a\n", file_text._OTHER),
    ],
    ids=["scan", "locked", "cut", "nothing", "old word", "broken zip", "empty", "picture"],
)
def test_what_cannot_be_read_is_for_a_person_to_check(content: bytes, problem: str) -> None:
    assert text_of_file(content, "附件").problem == problem + BY_HAND


def test_too_large_too_many_pages_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_text, "MAX_CHARACTERS", 5)
    read = text_of_file(b"12345678", "a.txt")
    assert (read.text, read.problem) == ("12345", f"文字太多。{BY_HAND}")
    monkeypatch.setattr(pdf_text, "MAX_PAGES", 1)
    assert text_of_file(make_pdf("a", "b"), "a.pdf").problem.startswith("PDF 文件太大或太复杂。")
    monkeypatch.setattr(file_text, "MAX_BYTES", 5)
    assert text_of_file(b"12345678", "a.txt").problem.startswith("文件超过 20 MB。")


def test_a_page_that_unpacks_to_too_much_and_a_clock_that_ran_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def swell(writer) -> None:
        content = DecodedStreamObject()
        content.set_data(b" " * (pdf_text.MAX_PAGE_BYTES + 1))
        packed = writer._add_object(content.flate_encode())
        writer.pages[0][NameObject("/Contents")] = packed

    assert text_of_file(make_pdf("a", change=swell), "a.pdf").problem.startswith("PDF 文件太大")
    monkeypatch.setattr(pdf_text, "SECONDS", -1.0)
    assert text_of_file(make_pdf("a"), "a.pdf").problem.startswith("PDF 文件太大")


def test_letters_that_mean_nothing_are_told() -> None:
    read = text_of_file(make_pdf("\\001\\002\\003\\001\\002 ab"), "a.pdf")
    assert read.problem == f"PDF 文件的字体不能识别成文字。{BY_HAND}"


def test_a_paragraph_in_a_paragraph_is_read_once() -> None:
    """As deep as XML may be, the innermost words came back as often as there are levels."""
    content = word_file("<w:p>" * 200 + run(f"甲{NUMBER}") + "</w:p>" * 200)
    read = text_of_file(content, "a.docx")
    assert (read.text.count(NUMBER), values(read.text)) == (1, [NUMBER])
