import io
import zipfile

import pytest
from docx import Document

from people.uploads import check_file
from people.uploads.refusals import Active, Broken, Protected, TooComplex, UnknownType

from .hostile import lying
from .making import archive, document, relation

OLE = '<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'


def word_file(text="关于草案的意见"):
    """A file as python-docx, and so Word's own template, makes it."""
    target, made = io.BytesIO(), Document()
    made.add_paragraph(text)
    made.add_table(2, 2)
    made.save(target)
    return target.getvalue()


def test_a_real_file_keeps_its_parts_and_can_be_read():
    original = word_file()
    checked = check_file("意见.DOC", original)
    assert (checked.name, checked.content_type[-8:]) == ("意见.docx", "document")
    assert [p.text for p in Document(io.BytesIO(checked.content)).paragraphs] == ["关于草案的意见"]
    old, new = (zipfile.ZipFile(io.BytesIO(content)) for content in (original, checked.content))
    assert {name: old.read(name) for name in old.namelist()} == {
        name: new.read(name) for name in new.namelist()
    }


def test_a_minimal_file_passes():
    assert check_file("a.docx", document()).name == "a.docx"


def test_what_stands_before_and_after_the_archive_is_gone():
    checked = check_file("a.docx", document() + b"<script>alert(1)</script>")
    assert b"<script>" not in checked.content
    with pytest.raises(UnknownType):
        check_file("a.docx", b"<script>alert(1)</script>" + document())


@pytest.mark.parametrize(
    "content",
    [
        document(types=OLE),
        document(
            types=OLE.replace("ms-office.vbaProject", "ms-word.document.macroEnabled.main+xml")
        ),
        document(extra=[("word/vbaProject.bin", b"x")]),
        document(extra=[("word/activeX/activeX1.xml", b"<x/>")]),
        document(extra=[("word/embeddings/oleObject1.bin", b"x")]),
        document(relations=relation("attachedTemplate")),
        document(relations=relation("image")),
        document(relations=relation("frame")),
        document(relations=relation("aFChunk", "chunk.html", "Internal")),
        document(relations=relation("subDocument", "other.docx", "Internal")),
        document(body="<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe</w:instrText>"),
        document(body="<w:instrText>DD</w:instrText><w:instrText>E cmd</w:instrText>"),
        document(body='<w:fldSimple w:instr=" INCLUDEPICTURE http://example.invalid/x "/>'),
        document(extra=[("word/a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')]),
        document(extra=[("word/a.xml", '<!DOCTYPE a SYSTEM "x"><a/>'.encode("utf-16"))]),
    ],
)
def test_what_acts_or_loads_by_itself_is_refused(content):
    with pytest.raises(Active, match="另存为普通文件"):
        check_file("a.docx", content)


def test_an_entity_bomb_in_the_list_of_types_is_refused():
    lol = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Types>&b;</Types>'
    with pytest.raises(Active):
        check_file("a.docx", archive([("[Content_Types].xml", lol)]))


def test_web_links_and_ordinary_fields_stay():
    fields = "<w:instrText> PAGE </w:instrText><w:instrText>TOC \\o</w:instrText>"
    fields += '<w:instrText>HYPERLINK "http://example.invalid/a.b"</w:instrText>'
    check_file("a.docx", document(body=fields, relations=relation("hyperlink")))


@pytest.mark.parametrize(
    "content",
    [
        archive([("index.html", "<script>alert(1)</script>")]),
        archive([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<x/>")]),
        archive([]),
    ],
)
def test_another_archive_is_refused(content):
    with pytest.raises(UnknownType):
        check_file("a.docx", content)


@pytest.mark.parametrize("name", ["/etc/passwd", "../a.xml", "word/../../a.xml", "C:\\a.xml"])
def test_a_part_that_points_outside_is_refused(name):
    with pytest.raises(Broken):
        check_file("a.docx", document(extra=[(name, b"x")]))


def test_a_part_that_comes_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        content = document(extra=[("word/document.xml", b"<x/>")])
    with pytest.raises(Broken):
        check_file("a.docx", content)


def test_an_encrypted_part_is_told():
    content = bytearray(document())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    with pytest.raises(Protected):
        check_file("a.docx", bytes(content))


def test_a_cut_file_is_refused():
    whole = document()
    for end in (30, len(whole) // 2, len(whole) - 10):
        with pytest.raises(Broken):
            check_file("a.docx", whole[:end])


def test_a_changed_part_is_refused():
    content = bytearray(document())
    content[60] ^= 0xFF
    with pytest.raises((Broken, UnknownType)):
        check_file("a.docx", bytes(content))


def test_a_huge_list_of_types_is_not_parsed():
    with pytest.raises(TooComplex):
        check_file("a.docx", document(types="<Default/>" * 200_000))


def test_too_many_parts_are_refused():
    with pytest.raises(TooComplex):
        check_file("a.docx", document(extra=[(f"word/{n}.xml", b"") for n in range(2000)]))


def test_what_unpacks_to_too_much_is_refused():
    for content in (document(extra=[("word/a.xml", bytes(101 * 2**20))]), lying(110 * 2**20)):
        with pytest.raises((TooComplex, Broken)):
            check_file("a.docx", content)


DDE = "DDEAUTO c:\\\\windows\\\\cmd.exe"


@pytest.mark.parametrize(
    "body",
    [
        "<w:instrText>&#68;DEAUTO c:\\\\windows\\\\cmd.exe</w:instrText>",
        "<w:instrText>D&#x44;EAUTO c:\\\\windows\\\\cmd.exe</w:instrText>",
        f"<w:instrText><![CDATA[{DDE}]]></w:instrText>",
        "<w:instrText>DD<!-- a -->EAUTO cmd</w:instrText>",
        "<w:instrText>DD<?a b?>EAUTO cmd</w:instrText>",
        f"<w:instrText><![CDATA[</w:instrText>]]>{DDE}</w:instrText>",
        "<w:instrText>LINK Excel.Sheet.12 x</w:instrText>",
        f"<w:instrText a='>'>{DDE}</w:instrText>",
        f"<w:fldSimple w:instr = ' {DDE} '/>",
        f"<w:fldSimple w:instr='\" {DDE} '/>",
        '<w:fldSimple w:instr="&#x49;NCLUDETEXT x"/>',
    ],
)
def test_a_field_is_known_however_it_is_written(body):
    """XML has many ways to write the same letters, and Word reads them all."""
    with pytest.raises(Active):
        check_file("a.docx", document(body=body))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_text_that_cannot_be_looked_through_is_refused(encoding):
    field = f'<?xml version="1.0"?><w:hdr xmlns:w="w"><w:instrText>{DDE}</w:instrText></w:hdr>'
    with pytest.raises((Active, Broken)):
        check_file("a.docx", document(extra=[("word/header1.xml", field.encode(encoding))]))


def test_an_encoding_of_its_own_is_refused():
    field = f"<?xml version='1.0' encoding='IBM037'?><a>{DDE}</a>".encode()
    with pytest.raises(Broken):
        check_file("a.docx", document(extra=[("word/header1.xml", field)]))


def test_a_part_is_looked_at_whatever_its_name():
    """The list of types says what a part is, not the end of its name."""
    field = f'<w:hdr xmlns:w="w"><w:instrText>{DDE}</w:instrText></w:hdr>'
    for begin in ("", "\ufeff", "\n "):
        content = document(extra=[("word/header1.bin", begin + field)])
        with pytest.raises(Active):
            check_file("a.docx", content)


def test_a_picture_may_hold_any_bytes():
    check_file("a.docx", document(extra=[("word/media/a.png", b"\x89PNG\xff\x00instr='DDE'")]))
