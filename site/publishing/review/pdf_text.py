"""The text of a PDF file with limits on pages, size and time.

A page is read as a whole, so its size is bounded before, and the clock asked between pages.
"""

import io
import logging
import time
import zlib
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

SECONDS = 8.0
MAX_PAGES = 500
MAX_PAGE_BYTES = 4 * 1024 * 1024
# Above this share of signs without a meaning the file has fonts that say nothing of their letters.
_MOST_MEANINGLESS = 0.1
# What pypdf raises on files that are wrong in ways it didn't foresee.
_UNFORESEEN = (
    *(PyPdfError, zlib.error, ArithmeticError, AssertionError, AttributeError, LookupError),
    *(NotImplementedError, TypeError, ValueError, RecursionError, OSError, MemoryError),
)
_BROKEN = "PDF 文件有损坏。"
_LOCKED = "PDF 文件有密码。"
_TOO_COMPLEX = "PDF 文件太大或太复杂。"
_NO_LETTERS = "PDF 文件的字体不能识别成文字。"


class PdfUnreadable(Exception):
    """Nothing of the file can be trusted; ``message`` says why, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def pdf_text(content: bytes) -> tuple[str, str]:
    """The text, pages apart, and what could not be read: pages that are pictures. "" if all was.

    Raises:
        PdfUnreadable: broken, locked, too complex, or without readable letters.
    """
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise PdfUnreadable(_LOCKED)
        pages = _texts(reader)
    except _UNFORESEEN:
        raise PdfUnreadable(_BROKEN) from None
    text = "\n".join(pages)
    if _is_meaningless(text):
        raise PdfUnreadable(_NO_LETTERS)
    silent = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    if not silent:
        return text, ""
    if len(silent) == len(pages):
        return text, "PDF 文件是扫描件或图片，没有文字。"
    listed = "、".join(silent[:10]) + ("等" if len(silent) > 10 else "")
    return text, f"PDF 文件第{listed}页没有文字（可能是扫描的图片）。"


def _texts(reader: PdfReader) -> list[str]:
    until = time.monotonic() + SECONDS
    if len(reader.pages) > MAX_PAGES:
        raise PdfUnreadable(_TOO_COMPLEX)
    texts = []
    for page in reader.pages:
        contents: Any = page.get_contents()
        too_large = contents is not None and len(contents.get_data()) > MAX_PAGE_BYTES
        if too_large or time.monotonic() > until:
            raise PdfUnreadable(_TOO_COMPLEX)
        texts.append(f"{page.extract_text()}\n{_annotations(page)}")
    return texts


def _annotations(page: Any) -> str:
    """What stands in form fields and notes, which viewers show as well."""
    words = []
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        words += [str(annotation[key]) for key in ("/Contents", "/V") if key in annotation]
    return "\n".join(words)


def _is_meaningless(text: str) -> bool:
    """Whether letters are missing: the replacement sign, private use, controls, (cid:12)."""
    odd = sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or sign < "\t" for sign in text)
    odd += 8 * text.count("(cid:") + 3 * text.count("/uni")
    return odd > _MOST_MEANINGLESS * max(len(text), 1)
