import base64
import io
import zlib

import pytest
from pypdf import PdfReader
from pypdf._codecs._codecs import LzwCodec
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from people.uploads import check_file, pdf_layers
from people.uploads.refusals import Active, Broken, Layered, Protected, TooComplex

from .making import holding, picture

TEXT = b"BT (Hello) Tj ET " * 40
JPEG = picture()


def packed(content, *filters):
    """The content in these layers, the outermost first."""
    for name in reversed(filters):
        content = PACK[name](content)
    return content


PACK = {
    "/FlateDecode": lambda content: zlib.compress(content, 9),
    "/ASCIIHexDecode": lambda content: content.hex().encode() + b">",
    "/ASCII85Decode": lambda content: base64.a85encode(content, adobe=True),
    "/LZWDecode": lambda content: LzwCodec().encode(content),
    "/RunLengthDecode": lambda content: b"".join(bytes((0, byte)) for byte in content) + b"\x80",
    "/DCTDecode": lambda content: content,
}


def kept(content):
    """The stream as it is kept."""
    checked = check_file("a.pdf", content)
    return PdfReader(io.BytesIO(checked.content)).pages[0]["/Contents"].get_object()


@pytest.mark.parametrize(
    "filters",
    [
        ("/FlateDecode", "/FlateDecode"),
        ("/FlateDecode", "/FlateDecode", "/FlateDecode"),
        ("/ASCII85Decode", "/FlateDecode"),
        ("/ASCIIHexDecode", "/LZWDecode"),
        ("/FlateDecode", "/RunLengthDecode"),
        ("/LZWDecode",),
        ("/RunLengthDecode",),
    ],
    ids="+".join,
)
def test_of_several_layers_one_is_left(filters):
    stream = kept(holding(packed(TEXT, *filters), *filters))
    assert stream["/Filter"] == "/FlateDecode"
    assert zlib.decompress(stream._data) == TEXT


def test_the_usual_layer_stays_as_it_is():
    content = packed(TEXT, "/FlateDecode")
    stream = kept(holding(content, "/FlateDecode"))
    assert (stream["/Filter"], stream._data) == ("/FlateDecode", content)


def test_a_picture_keeps_its_own_coding_and_its_parameters():
    filters = ("/ASCII85Decode", "/FlateDecode", "/DCTDecode")
    own = DictionaryObject({NameObject("/ColorTransform"): NumberObject(1)})
    rows = ArrayObject([DictionaryObject(), DictionaryObject(), own])
    stream = kept(holding(packed(JPEG, *filters), *filters, DecodeParms=rows))
    assert (stream["/Filter"], stream._data) == ("/DCTDecode", JPEG)
    assert stream["/DecodeParms"] == own


def test_rearranged_bytes_are_rearranged_back():
    rows = b"".join(bytes((2,)) + bytes(10) for _row in range(20))
    last = DictionaryObject({NameObject("/Predictor"): NumberObject(12)})
    last[NameObject("/Columns")] = NumberObject(10)
    filters = ("/FlateDecode", "/FlateDecode")
    parameters = ArrayObject([DictionaryObject(), last])
    stream = kept(holding(packed(rows, *filters), *filters, DecodeParms=parameters))
    assert stream.get_data() == bytes(200)


def test_a_broken_end_of_the_usual_layer_is_left_to_the_viewer():
    content = packed(TEXT, "/FlateDecode")[:-20]
    assert kept(holding(content, "/FlateDecode"))._data == content


@pytest.mark.parametrize(
    ("filters", "entries"),
    [
        (("/FlateDecode",) * 4, {}),
        (("/FlateDecode", "/BrotliDecode"), {}),
        (("/Fl",), {}),
        (("/DCTDecode", "/FlateDecode"), {}),
        (
            ("/FlateDecode", "/FlateDecode"),
            {"DecodeParms": DictionaryObject({NameObject("/Predictor"): NumberObject(12)})},
        ),
        (
            ("/LZWDecode",),
            {"DecodeParms": DictionaryObject({NameObject("/EarlyChange"): NumberObject(0)})},
        ),
    ],
    ids=["four", "unknown", "short name", "below a picture", "rearranged", "another LZW"],
)
def test_what_cannot_be_looked_below_is_refused(filters, entries):
    known = [name for name in filters if name in PACK]
    with pytest.raises(Layered, match="打印为 PDF"):
        check_file("a.pdf", holding(packed(TEXT, *known), *filters, **entries))


def test_an_encrypted_stream_is_told_what_to_do():
    with pytest.raises(Protected, match="取消密码"):
        check_file("a.pdf", holding(TEXT, "/Crypt"))


def test_content_in_another_file_is_refused():
    with pytest.raises(Active):
        check_file("a.pdf", holding(TEXT, F=TextStringObject("\\\\host\\share")))


@pytest.mark.parametrize("kind", ["/ObjStm", "/XRef"])
def test_parts_of_a_file_are_none_of_a_document(kind):
    content = holding(packed(TEXT, "/FlateDecode"), "/FlateDecode", Type=NameObject(kind))
    with pytest.raises(Broken):
        check_file("a.pdf", content)


def test_a_lower_layer_that_is_none_is_refused():
    with pytest.raises(Broken):
        check_file("a.pdf", holding(zlib.compress(TEXT), "/FlateDecode", "/FlateDecode"))


def object_stream(inner, *filters):
    """A file whose page's content lies within a stream of objects, packed in these layers."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>", inner]
    body, places = b"", []
    for number, item in enumerate(objects, 1):
        places.append(b"%d %d" % (number, len(body)))
        body += item + b"\n"
    head = b" ".join(places) + b"\n"
    stream = packed(head + body, *filters)
    names = "".join(filters).encode()
    content = b"%PDF-1.5\n"
    first = len(content)
    content += b"5 0 obj\n<</Type/ObjStm/N 4/First %d/Filter[%s]/Length %d>>stream\n" % (
        len(head),
        names,
        len(stream),
    )
    content += stream + b"\nendstream\nendobj\n"
    second = len(content)
    rows = bytes(6) + b"".join(b"\x02" + (5).to_bytes(4, "big") + bytes((n,)) for n in range(4))
    rows += b"".join(b"\x01" + at.to_bytes(4, "big") + b"\x00" for at in (first, second))
    content += b"6 0 obj\n<</Type/XRef/W[1 4 1]/Size 7/Root 1 0 R/Length %d>>stream\n" % len(rows)
    return content + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % second


def test_objects_in_a_stream_packed_twice_are_read():
    filters = ("/FlateDecode", "/FlateDecode")
    checked = check_file("a.pdf", object_stream(b"[]", *filters))
    assert len(PdfReader(io.BytesIO(checked.content)).pages) == 1
    with pytest.raises(Active):
        check_file("a.pdf", object_stream(b"<</S/JavaScript/JS(app.alert)>>", *filters))


def test_a_stream_within_a_stream_of_objects_is_refused():
    inner = b"<</Length 9/Filter/FlateDecode>>stream\n123456789\nendstream"
    with pytest.raises(Broken):
        check_file("a.pdf", object_stream(inner, "/FlateDecode"))


def test_all_streams_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(pdf_layers, "MAX_UNPACKED", 1000)
    content = packed(bytes(600), "/FlateDecode")
    assert kept(holding(content, "/FlateDecode"))._data == content
    with pytest.raises(TooComplex, match="解压后过大"):
        check_file("a.pdf", holding(packed(bytes(1001), "/FlateDecode"), "/FlateDecode"))
