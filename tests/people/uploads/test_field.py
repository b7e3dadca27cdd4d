import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from people.uploads import CheckedFileField, check_file
from people.uploads.checking import clean_name
from people.uploads.refusals import Empty, UnknownType

from .making import pdf, picture


class LetterForm(forms.Form):
    files = CheckedFileField(max_files=3, max_megabytes=1)


def errors(*files):
    form = LetterForm({}, MultiValueDict({"files": list(files)}))
    form.is_valid()
    return [str(message) for message in form.errors.get("files", [])]


def test_several_files_come_out_checked_in_order():
    files = [SimpleUploadedFile("a.pdf", pdf()), SimpleUploadedFile("b.png", picture("JPEG"))]
    form = LetterForm({}, MultiValueDict({"files": files}))
    assert form.is_valid()
    kinds = [(file.name, file.content_type) for file in form.cleaned_data["files"]]
    assert kinds == [("a.pdf", "application/pdf"), ("b.jpg", "image/jpeg")]


def test_no_file_is_no_error_unless_one_is_required():
    form = LetterForm({}, MultiValueDict())
    assert (form.is_valid(), form.cleaned_data["files"]) == (True, [])
    with pytest.raises(forms.ValidationError):
        CheckedFileField(required=True).clean([])


def test_every_refused_file_is_named_with_its_reason():
    said = errors(
        SimpleUploadedFile("甲.exe", b"MZ"),
        SimpleUploadedFile("乙.pdf", pdf()),
        SimpleUploadedFile("丙.jpg", b""),
    )
    assert said == [
        "“甲.exe”：只接受 JPG、PNG、WebP 图片、PDF 和 Word（.docx）文件。",
        "“丙.jpg”：文件是空的，请重新选择。",
    ]


def test_too_many_and_too_large_files_are_refused():
    many = [SimpleUploadedFile("a.pdf", pdf()) for _ in range(4)]
    assert errors(*many) == ["最多上传 3 个文件，您选择了 4 个。"]
    large = SimpleUploadedFile("a.pdf", pdf() + bytes(2**20))
    assert errors(large) == ["“a.pdf”：文件超过 1 MB，请压缩后再上传。"]


def test_the_field_says_what_it_takes():
    assert (
        CheckedFileField().help_text
        == "可上传图片、PDF 或 Word 文件，最多 5 个，每个不超过 10 MB。"
    )
    html = str(LetterForm()["files"])
    assert ("multiple" in html, 'accept=".jpg,.jpeg,.png,.webp,.pdf,.docx"' in html) == (True, True)


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html></html>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"MZ\x90\x00",
        b"\x7fELF",
        b" %PDF-1.7",
        b"GIF89a/*" + b"\xff\xd8\xff",
        b"RIFF\x00\x00\x00\x00WAVE",
        "正文".encode(),
        bytes(100),
    ],
)
def test_other_types_are_refused_whatever_their_name(content):
    for name in ("a.jpg", "a.pdf", "a.docx", ""):
        with pytest.raises(UnknownType):
            check_file(name, content)


def test_an_empty_file_is_refused():
    with pytest.raises(Empty):
        check_file("a.jpg", b"")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("意见.pdf", "意见.pdf"),
        ("意见", "意见.pdf"),
        ("..\\..\\意见.exe", "意见.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ('<img src="x">.pdf', "_img src=_x__.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "材料.pdf"),
        ("", "材料.pdf"),
        ("é.pdf", "é.pdf"),
        ("长" * 300 + ".pdf", "长" * 96 + ".pdf"),
    ],
)
def test_a_name_is_cleaned_for_display(name, shown):
    assert clean_name(name, ".pdf") == shown
