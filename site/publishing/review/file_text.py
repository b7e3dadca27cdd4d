"""The text of a published file, for the search for personal data (rule R2).

What can't be read is no silence: ``problem`` says why, and that a person must look.
"""

from dataclasses import dataclass

from publishing.clauses.document import DocumentError
from publishing.clauses.reader import read_text
from publishing.review.pdf_text import PdfUnreadable, pdf_text
from publishing.review.word_text import all_words

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 3_000_000
BY_HAND = "程序不能查找其中的个人信息，请打开文件逐页人工检查。"
_TOO_LARGE = "文件超过 20 MB。"
_TOO_LONG = "文字太多。"
_OTHER = "不是能识别文字的 Word（.docx）、PDF 或文本文件，或已损坏、有密码。"


@dataclass(frozen=True, slots=True)
class FileText:
    """``text`` is what could be read; ``problem``, in Chinese, is empty if that was all."""

    text: str
    problem: str = ""


def text_of_file(content: bytes, name: str) -> FileText:
    """The text of a Word, PDF or plain text file; never raises."""
    if len(content) > MAX_BYTES:
        return FileText("", _TOO_LARGE + BY_HAND)
    try:
        text, left_out = _read(content, name)
    except PdfUnreadable as refusal:
        return FileText("", refusal.message + BY_HAND)
    except DocumentError:
        return FileText("", _OTHER + BY_HAND)
    if len(text) > MAX_CHARACTERS:
        return FileText(text[:MAX_CHARACTERS], _TOO_LONG + BY_HAND)
    return FileText(text, left_out + BY_HAND if left_out else "")


def _read(content: bytes, name: str) -> tuple[str, str]:
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return pdf_text(content)
    if content.startswith(b"PK"):
        # Both as it is read and with all that was ever in it: a corrected number has two readings.
        return f"{read_text(content, name)}\n\n{all_words(content)}", ""
    return read_text(content, name), ""
