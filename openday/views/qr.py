"""Codes for phones to scan."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str) -> SafeString:
    """The code as inline SVG, at a quarter's error correction: paper gets dirty, screens crack.

    segno draws it from numbers alone; the text is not in its markup.
    """
    svg = segno.make(text, error="q", micro=False).svg_inline(
        border=2, omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 - markup of our own making, without anybody's text
