"""PDF files are refused if anything in them acts by itself, and else written anew page by page."""

import io
import logging
import re
import zlib

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from people.uploads.deadline import Deadline
from people.uploads.pdf_layers import Unpacking
from people.uploads.refusals import Active, Broken, Protected, TooComplex

# pypdf tells every oddity of a file; a file made of oddities would fill the logs.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

# What pypdf raises on files that are wrong in ways it didn't foresee.
_UNFORESEEN = (
    *(PyPdfError, zlib.error, ArithmeticError, AssertionError, AttributeError, LookupError),
    *(NotImplementedError, TypeError, ValueError),
)
MAX_PAGES = 500
# Where the end mark must stand: pypdf reads backwards line by line until it finds one.
TAIL = 64 * 1024
SECONDS = 1.2
# ISO 32000-1, 12.6.4 (actions), 7.11.4 (embedded files), 12.5.6 (annotations), 12.7.8 (XFA).
_LINKS = re.compile("(?:https?://|mailto:|tel:)|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/AF"}
)
_ACTIVE_VALUES = {
    "/S": frozenset(
        {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR"}
        | {"/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"}
    ),
    "/Subtype": frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}),
    "/Type": frozenset({"/EmbeddedFile"}),
}


def rewrite(content: bytes) -> bytes:
    """The pages of the file without what stood around them: forms, names, old revisions, tails.

    Raises:
        Protected, Active, Layered, TooComplex, Broken
    """
    deadline = Deadline(SECONDS)
    if b"%%EOF" not in content[-TAIL:]:
        raise Broken
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Protected
        _look_at_all(reader, deadline)
        return _copy_pages(reader, deadline)
    except RecursionError:
        raise TooComplex from None
    except _UNFORESEEN:
        raise Broken from None


def _look_at_all(reader: PdfReader, deadline: Deadline) -> None:
    """Walks every object that the document reaches, each once; raises as ``rewrite`` does."""
    unpacking = Unpacking(deadline)
    seen: set[tuple[int, int]] = set()
    waiting: list[PdfObject | None] = [reader.trailer]
    while waiting:
        deadline.check()
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            place = (item.idnum, item.generation)
            if place not in seen:
                seen.add(place)
                waiting.append(_plain(reader, item))
        elif isinstance(item, DictionaryObject):
            if _is_active(item):
                raise Active
            if isinstance(item, StreamObject):
                unpacking.read(item)
            waiting.extend(item.values())
        elif isinstance(item, ArrayObject):
            waiting.extend(item)


def _plain(reader: PdfReader, reference: IndirectObject) -> PdfObject | None:
    """What is referred to; a stream inside of another one is none of a document (7.5.7)."""
    item = reference.get_object()
    if isinstance(item, StreamObject) and reference.idnum in reader.xref_objStm:
        raise Broken
    return item


def _is_active(item: DictionaryObject) -> bool:
    """Whether a dictionary is or holds something that acts, carries a file, or plays."""
    if _ACTIVE_KEYS & item.keys():
        return True
    if "/URI" in item and not _LINKS.match(str(item["/URI"])):
        return True
    values = ((item.raw_get(key), bad) for key, bad in _ACTIVE_VALUES.items() if key in item)
    return any(
        str(value.get_object() if isinstance(value, IndirectObject) else value) in bad
        for value, bad in values
    )


def _copy_pages(reader: PdfReader, deadline: Deadline) -> bytes:
    """A new file with the same pages."""
    if len(reader.pages) > MAX_PAGES:
        raise TooComplex
    if not reader.pages:
        raise Broken
    writer = PdfWriter()
    for page in reader.pages:
        deadline.check()
        writer.add_page(page)
    writer.metadata = None
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
