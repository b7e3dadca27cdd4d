"""PDF files with text, for tests: one font of Latin letters and digits."""

import io
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def make_pdf(
    *pages: str,
    password: str = "",
    owner: str | None = None,
    change: Callable[[PdfWriter], None] | None = None,
) -> bytes:
    """One page for each text, a line of it a line on the page; an empty text is an empty page."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(400, 400)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        lines = " ".join(f"({line}) Tj 0 -20 Td" for line in text.splitlines())
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 20 360 Td {lines} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    if change:
        change(writer)
    if password or owner is not None:
        writer.encrypt(password, owner, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
