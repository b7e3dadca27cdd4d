import io

import pytest
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from people.uploads import check_file
from people.uploads.refusals import Active, Broken, Protected, TooComplex

from .making import action, annotate, archive, pdf, stream


def root(writer, key, value):
    writer.root_object[NameObject(key)] = value


def test_a_plain_file_keeps_its_pages_and_loses_its_author():
    content = pdf(lambda writer: writer.add_metadata({"/Author": "CanaryAuthor"}), pages=3)
    assert b"CanaryAuthor" in content
    checked = check_file("意见.PDF", content)
    assert (checked.name, checked.content_type) == ("意见.pdf", "application/pdf")
    assert len(PdfReader(io.BytesIO(checked.content)).pages) == 3
    assert b"CanaryAuthor" not in checked.content


def test_text_and_web_links_stay():
    def write(writer):
        page = writer.pages[0]
        page[NameObject("/Contents")] = writer._add_object(stream(b"BT (Hello) Tj ET"))
        annotate(writer, Subtype=NameObject("/Link"), A=action("/URI", URI="https://example.com/"))

    page = PdfReader(io.BytesIO(check_file("a", pdf(write)).content)).pages[0]
    assert page.get_contents().get_data() == b"BT (Hello) Tj ET"
    assert page["/Annots"][0].get_object()["/A"]["/URI"] == "https://example.com/"


def open_script(writer):
    root(writer, "/OpenAction", action("/JavaScript", JS="app.alert(1)"))


def named_script(writer):
    script = writer._add_object(action("/JavaScript", JS="app.alert(1)"))
    tree = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), script])})
    root(writer, "/Names", DictionaryObject({NameObject("/JavaScript"): tree}))


def page_script(writer):
    opened = DictionaryObject({NameObject("/O"): action("/JavaScript", JS="app.alert(1)")})
    writer.pages[0][NameObject("/AA")] = opened


def next_script(writer):
    first = action("/URI", URI="https://example.com/")
    first[NameObject("/Next")] = ArrayObject([action("/JavaScript", JS="app.alert(1)")])
    annotate(writer, Subtype=NameObject("/Link"), A=first)


def hidden_kind(writer):
    first = action("/URI", URI="https://example.com/")
    first[NameObject("/S")] = writer._add_object(NameObject("/Launch"))
    annotate(writer, Subtype=NameObject("/Link"), A=first)


def script_in_a_link(writer):
    annotate(writer, Subtype=NameObject("/Link"), A=action("/URI", URI="JavaScript:alert(1)"))


def launch(writer):
    annotate(writer, Subtype=NameObject("/Link"), A=action("/Launch", F="cmd.exe"))


def submit_form(writer):
    annotate(writer, Subtype=NameObject("/Link"), A=action("/SubmitForm", F="https://example.com"))


def remote_file(writer):
    annotate(writer, Subtype=NameObject("/Link"), A=action("/GoToR", F="\\\\example\\share"))


def attached_file(writer):
    writer.add_attachment("a.exe", b"MZ")


def annotated_file(writer):
    annotate(writer, Subtype=NameObject("/FileAttachment"), FS=TextStringObject("a.exe"))


def rich_media(writer):
    annotate(writer, Subtype=NameObject("/RichMedia"))


def xfa_form(writer):
    form = DictionaryObject({NameObject("/XFA"): writer._add_object(stream(b"<xdp/>"))})
    root(writer, "/AcroForm", form)


@pytest.mark.parametrize(
    "change",
    [
        open_script,
        named_script,
        page_script,
        next_script,
        hidden_kind,
        script_in_a_link,
        launch,
        submit_form,
        remote_file,
        attached_file,
        annotated_file,
        rich_media,
        xfa_form,
    ],
)
def test_what_acts_by_itself_is_refused(change):
    with pytest.raises(Active, match="打印为 PDF"):
        check_file("a.pdf", pdf(change))


def test_a_name_in_disguise_is_recognised():
    content = pdf(open_script)
    assert content.count(b"/JavaScript") == 1
    disguised = content.replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS ", b"/J#53 ")
    with pytest.raises(Active):
        check_file("a.pdf", disguised)


def test_what_hangs_on_the_file_is_gone():
    tail = archive([("evil.html", "<script>alert(1)</script>")])
    checked = check_file("a.pdf", pdf() + tail)
    assert b"PK\x03\x04" not in checked.content
    assert len(PdfReader(io.BytesIO(checked.content)).pages) == 1


def test_what_no_page_needs_is_gone():
    def write(writer):
        writer._add_object(stream(b"<script>Canary</script>"))

    content = pdf(write)
    assert b"Canary" in content
    assert b"Canary" not in check_file("a.pdf", content).content


def test_an_encrypted_file_is_told_what_to_do():
    with pytest.raises(Protected, match="取消密码"):
        check_file("a.pdf", pdf(password="secret"))


def test_a_cut_or_broken_file_is_refused():
    whole = pdf(pages=3)
    for content in (whole[:30], b"%PDF-1.7\n" + b"\x00" * 500, b"%PDF-1.7\n%%EOF", b"%PDF-"):
        with pytest.raises(Broken):
            check_file("a.pdf", content)


def test_every_cut_of_a_file_is_refused_or_read_and_nothing_else_happens():
    whole = pdf(pages=3)
    for end in range(5, len(whole), 7):
        try:
            check_file("a.pdf", whole[:end])
        except (Broken, TooComplex):
            continue


def test_a_file_without_pages_is_refused():
    with pytest.raises(Broken):
        check_file("a.pdf", pdf(pages=0))


def nested(writer):
    inner = ArrayObject()
    for _level in range(5000):
        inner = ArrayObject([inner])
    root(writer, "/Deep", inner)


def circular(writer):
    first = DictionaryObject()
    reference = writer._add_object(first)
    first[NameObject("/Self")] = reference
    root(writer, "/Loop", reference)


def test_a_circle_is_walked_once():
    check_file("a.pdf", pdf(circular))


def test_too_many_pages_are_refused():
    with pytest.raises(TooComplex):
        check_file("a.pdf", pdf(pages=501))
