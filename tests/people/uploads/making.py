"""Files for the tests, made on the spot: harmless ones and hostile ones."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options):
    """An image with a left half of one colour and a right half of another."""
    image = Image.new(mode, size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def located(kind="JPEG", orientation=1):
    """A picture with a camera, a position, and an orientation in its EXIF."""
    exif = Image.Exif()
    exif[0x010F] = "CanaryCamera"
    exif[0x0112] = orientation
    exif[0x8825] = {1: "N", 2: (28.0, 30.0, 0.0), 3: "E", 4: (117.0, 40.0, 0.0)}
    return picture(kind, exif=exif.tobytes())


def bomb(width, height):
    """A PNG of very few bytes that claims, and has, very many pixels."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(1 + width // 8)) for _row in range(height)) + rows.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def pdf(change=None, pages=1, password=""):
    """A PDF with blank pages; ``change`` gets the writer before it writes."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if change:
        change(writer)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def action(kind, **more):
    """A PDF action of a kind ("/Launch")."""
    extra = {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(kind), **extra})


def annotate(writer, **entries):
    """Puts an annotation with these entries on the first page."""
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 50, 50)]),
            **{NameObject(f"/{key}"): value for key, value in entries.items()},
        }
    )
    reference = writer._add_object(annotation)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([reference])


def stream(content):
    """A PDF stream object."""
    item = DecodedStreamObject()
    item.set_data(content)
    return item


def holding(content, *filters, **entries):
    """A file whose page refers to a stream with these raw bytes."""

    def change(writer):
        item = EncodedStreamObject()
        item._data = content
        names = [NameObject(name) for name in filters]
        item[NameObject("/Filter")] = ArrayObject(names) if len(names) != 1 else names[0]
        item.update({NameObject(f"/{key}"): value for key, value in entries.items()})
        writer.pages[0][NameObject("/Contents")] = writer._add_object(item)

    return pdf(change)


def document(body="<w:p/>", extra=(), types="", relations=""):
    """A minimal Word file; ``extra`` are further parts."""
    return archive(
        [
            (
                "[Content_Types].xml",
                f'<Types xmlns="{PACKAGE}/content-types">'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/>{types}</Types>',
            ),
            (
                "_rels/.rels",
                f'<Relationships xmlns="{PACKAGE}/relationships">'
                f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" '
                'Target="word/document.xml"/>'
                "</Relationships>",
            ),
            ("word/document.xml", f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'),
            (
                "word/_rels/document.xml.rels",
                f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
            ),
            *extra,
        ]
    )


def relation(kind, target="http://example.invalid/x", mode="External"):
    """A relation of the main part to something outside."""
    return f'<Relationship Id="r" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def archive(parts):
    """A zip archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return target.getvalue()
