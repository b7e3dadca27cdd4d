"""Files made to be slow to look at: kilobytes that stand for gigabytes, a hundred thousand levels.

``HOSTILE`` names each with the function that makes its bytes. That each is refused, or let pass,
stands in test_hostile.py; how long that takes is measured by tests/benchmarks/bench_uploads.py.
"""

import zlib
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf._codecs._codecs import LzwCodec
from pypdf.generic import ArrayObject, NameObject, NumberObject

from .making import bomb, document, holding, pdf, picture

HEAD = b"%PDF-1.7\n"


def wide(writer: PdfWriter) -> None:
    for number in range(90_000):
        writer._add_object(NumberObject(number))
    row = ArrayObject([writer._add_object(NumberObject(n)) for n in range(90_000)])
    writer.root_object[NameObject("/Wide")] = row


def zeros(megabytes: int, layers: int = 1) -> bytes:
    """Zeros packed again and again."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(bytes(10**6)) for _part in range(megabytes))
    content += packer.flush()
    for _layer in range(layers - 1):
        content = zlib.compress(content, 9)
    return content


def inflating() -> bytes:
    """A compressed stream of the file's own structure that unpacks to 600 MB."""
    packed = zeros(600)
    head = HEAD + b"1 0 obj\n<</Type/XRef/Filter/FlateDecode/Length %d" % len(packed)
    rest = b"/W[1 4 1]/Size 100000000/Root 2 0 R>>\nstream\n" + packed
    return head + rest + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"


def repeated() -> bytes:
    """The page tree's root lists one page a hundred thousand times."""
    return pdf().replace(b"/Kids [ ", b"/Kids [ " + b"3 0 R " * 100_000)


def layered(layers: int) -> bytes:
    return holding(zeros(400, layers), *["/FlateDecode"] * layers)


def lzw_zeros(cycles: int) -> bytes:
    """So many times 7 MB of zeros: each code stands for one zero more than the one before it."""
    cycle = [LzwCodec.CLEAR_TABLE_MARKER, 0, *range(258, 4096)]
    return LzwCodec()._pack_codes_into_bytes([*cycle * cycles, LzwCodec.EOD_MARKER])


def lying(size: int) -> bytes:
    """A Word file whose list of parts claims far less than it unpacks to."""
    content = bytearray(document(extra=[("word/big.xml", bytes(size))]))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.rfind(mark, 0, content.rfind(b"word/big.xml", 0, None) + 1)
        content[place + offset : place + offset + 4] = (10).to_bytes(4, "little")
    return bytes(content)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "pdf-nested": lambda: HEAD + b"[" * 100_000 + b"]" * 100_000,
    "pdf-wide": lambda: pdf(wide),
    "pdf-repeated": repeated,
    "pdf-inflating": inflating,
    "pdf-objects": lambda: HEAD + b"1 0 obj\n" * 1_000_000,
    "pdf-dictionaries": lambda: HEAD + b"<<" * 4_000_000,
    "pdf-tables": lambda: HEAD + b"\nstartxref\n" * 800_000 + b"%%EOF",
    "pdf-strings": lambda: HEAD + b"(" * 9_000_000,
    "pdf-comments": lambda: HEAD + b"%" * 9_000_000 + b"\n%%EOF",
    "pdf-packed-once": lambda: layered(1),
    "pdf-packed-twice": lambda: layered(2),
    "pdf-packed-thrice": lambda: layered(3),
    "pdf-lzw": lambda: holding(lzw_zeros(14), "/LZWDecode"),
    "pdf-runs": lambda: holding(b"\x81\x00" * 10**6, "/RunLengthDecode"),
    "pdf-letters": lambda: holding(b"z" * 9 * 10**6, "/ASCII85Decode"),
    "docx-inflated": lambda: document(extra=[("word/a.xml", bytes(101 * 2**20))]),
    "docx-nearly": lambda: document(extra=[("word/a.xml", b" " * (98 * 2**20))]),
    "docx-text": lambda: document(body="<w:p/>" * 12_000_000),
    "docx-fields": lambda: document(body="<w:instrText>" * 6_000_000),
    "docx-lying": lambda: lying(200 * 2**20),
    "png-square": lambda: bomb(50_000, 50_000),
    "png-wide": lambda: bomb(200_000, 300),
    "jpeg-largest": lambda: picture("JPEG", size=(8000, 5000)),
    "png-largest": lambda: picture("PNG", size=(8000, 5000)),
    "webp-largest": lambda: picture("WEBP", size=(8000, 5000)),
}
