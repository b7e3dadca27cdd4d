"""Names of WordprocessingML, and small looks at its elements."""

from __future__ import annotations

from typing import Any

from lxml import etree

from publishing.clauses.document import DocumentError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML = "{urn:schemas-microsoft-com:vml}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_STRICT = (  # ISO 29500 Strict names the same things otherwise
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
BROKEN = "文件不完整或已损坏，请用 Word 或 WPS 打开后另存为 .docx，再上传。"

Element = Any  # lxml ships no types
_MOST_DIGITS = 20  # of a number; with more it is too large anyway


def parse_xml(data: bytes) -> Element:
    """The root of a part; no entities, no network, no documents with a DTD.

    Raises:
        DocumentError: it is no XML, or XML that Word never writes.
    """
    for strict, transitional in _STRICT:
        if strict in data[:20_000]:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(BROKEN) from error
    if root.getroottree().docinfo.doctype:
        raise DocumentError(BROKEN)
    return root


def value_of(element: Element, name: str) -> str | None:
    """The w:val of a child, None where it is absent."""
    child = element.find(W + name) if element is not None else None
    return child.get(W + "val") if child is not None else None


def number_of(element: Element, name: str) -> int | None:
    """The w:val of a child as a number, None where it is absent or no number."""
    return to_number(value_of(element, name))


def to_number(written: str | None) -> int | None:
    """A number that Word could have written (ST_DecimalNumber, of 32 bits); None for any other."""
    try:
        number = int((written or "")[:_MOST_DIGITS])
    except ValueError:
        return None
    return number if abs(number) < 2**31 else None


def is_on(element: Element, name: str) -> bool | None:
    """A switch such as w:vanish: on, off, or (None) not said."""
    child = element.find(W + name) if element is not None else None
    if child is None:
        return None
    return child.get(W + "val", "true") not in ("0", "false", "off")
