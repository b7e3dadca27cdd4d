"""PDF files are refused if anything in them acts by itself, and else written anew page by page."""

import io
import logging
import re

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from people.uploads.deadline import Deadline
from people.uploads.refusals import Active, Broken, Protected, TooComplex

# pypdf tells every oddity of a file; a file made of oddities would fill the logs.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

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
        Protected, Active, TooComplex, Broken
    """
    deadline = Deadline(SECONDS)
    if b"%%EOF" not in content[-TAIL:]:
        raise Broken
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Protected
        _refuse_active(reader, deadline)
        return _copy_pages(reader, deadline)
    except RecursionError:
        raise TooComplex from None
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # What pypdf raises on files that are wrong in ways it didn't foresee.
        raise Broken from None


def _refuse_active(reader: PdfReader, deadline: Deadline) -> None:
    """Walks every object that the document reaches, each once; raises Active."""
    seen: set[tuple[int, int]] = set()
    waiting: list[PdfObject | None] = [reader.trailer]
    while waiting:
        deadline.check()
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            place = (item.idnum, item.generation)
            if place not in seen:
                seen.add(place)
                waiting.append(item.get_object())
        elif isinstance(item, DictionaryObject):
            if _is_active(item):
                raise Active
            waiting.extend(item.values())
        elif isinstance(item, ArrayObject):
            waiting.extend(item)


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
