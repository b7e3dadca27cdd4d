"""From the bytes of a file to its text: Word, or plain text in any encoding in use.

What a file is, its bytes tell; its name only decides what to say when they don't fit.
"""

from __future__ import annotations

from publishing.clauses.document import Document, DocumentError
from publishing.clauses.docx import docx_text
from publishing.clauses.docx.package import MAX_FILE_BYTES
from publishing.clauses.parser import parse_text

_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx，再上传。"
_LOCKED = "文件有密码，请在 Word 或 WPS 中取消密码后另存，再上传。"
_KINDS = (
    (b"%PDF", "这是 PDF 文件，不能识别条款，请上传它的 Word 原稿（.docx）。"),
    (b"{\\rtf", f"这是 RTF 文件，{_SAVE_AS}"),
    (b"MIME-Version:", f"这是网页格式（.mht）的文件，{_SAVE_AS}"),
    (b"<?mso-application", f"这是 Word 2003 的 XML 文件，{_SAVE_AS}"),
    (b"<html", f"这是网页，不是 Word 文件，{_SAVE_AS}"),
    (b"<!doctype html", f"这是网页，不是 Word 文件，{_SAVE_AS}"),
    (b"\x89PNG", "这是图片，不能识别文字，请上传 Word 文件（.docx）或文本文件。"),
    (b"\xff\xd8\xff", "这是图片，不能识别文字，请上传 Word 文件（.docx）或文本文件。"),
    (b"Rar!", "这是压缩包，不是 Word 文件，请解压后上传其中的 .docx 文件。"),
    (b"7z\xbc\xaf", "这是压缩包，不是 Word 文件，请解压后上传其中的 .docx 文件。"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 20_000
_LEAST_LIKELY = 0.7
_DAMAGED = "文本文件有损坏的字符，请用记事本打开检查，另存为 UTF-8 编码后再上传。"
_UNKNOWN = (
    "不能识别文件的内容或编码，请上传 Word 文件（.docx），或另存为 UTF-8 编码的文本文件（.txt）。"
)


def read_document(data: bytes, name: str) -> Document:
    """The parsed document of a file; see `read_text` for what it raises."""
    return parse_text(read_text(data, name))


def read_text(data: bytes, name: str) -> str:
    """The text of a .docx or .txt file, UTF-8, UTF-16 or GB18030, in the parser's form.

    Raises:
        DocumentError: the file can't be read; the message says what to do.
    """
    if len(data) > MAX_FILE_BYTES:
        raise DocumentError("文件超过 20 MB，请删去其中的图片或分成几个文件，再上传。")
    if not data.strip(b"\x00 \t\r\n"):
        raise DocumentError("文件是空的，请检查后重新选择文件。")
    if data.startswith(b"PK"):
        return docx_text(data)
    if data.startswith(_OLE):
        raise DocumentError(_ole_kind(data))
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for begin, message in _KINDS:
        if start.startswith(begin.lower()):
            raise DocumentError(message)
    if name.lower().endswith((".docx", ".doc", ".wps", ".docm")):
        raise DocumentError(f"这不是能识别的 Word 文件，可能已损坏或改过扩展名，{_SAVE_AS}")
    return _decode(data)


def _ole_kind(data: bytes) -> str:
    """What an OLE container holds: an encrypted package, or a file of Office 97."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _LOCKED
    if "Workbook".encode("utf-16-le") in data:
        return "这是 Excel 表格，不是 Word 文件，请把内容复制到 Word 中另存为 .docx 后再上传。"
    return f"这是旧版 Word（.doc）或 WPS（.wps）文件，只改扩展名不能转换格式，{_SAVE_AS}"


def _decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    guesses = ["utf-16-le", "utf-16-be"]
    if b"\x00" not in data[:_SAMPLE]:  # the line breaks of UTF-16 hold zeros
        text = _try(data, "utf-8")
        if text is not None:
            return _checked(text)
        if _is_damaged_utf8(data):
            raise DocumentError(_DAMAGED)
        guesses.insert(0, "gb18030")
    texts = [text for text in (_try(data, guess) for guess in guesses) if text]
    best = max(texts, key=_likelihood, default="")
    if _likelihood(best) < _LEAST_LIKELY:
        raise DocumentError(_UNKNOWN)
    return _checked(best)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strict(data: bytes, encoding: str) -> str:
    text = _try(data, encoding)
    if text is None:
        raise DocumentError(_DAMAGED)
    return _checked(text)


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether nearly all of the bytes are UTF-8: a cut or patched file, no other encoding."""
    text = data[: _SAMPLE * 50].decode("utf-8", errors="replace")
    wide = sum(character > "\x7f" for character in text)
    return wide > 0 and text.count("\ufffd") * 20 < wide


def _likelihood(text: str) -> float:
    """The share of characters that Chinese documents are made of."""
    sample = text[:_SAMPLE]
    known = sum(
        "\u4e00" <= character <= "\u9fff"
        or " " <= character <= "~"
        or "\u3000" <= character <= "\u303f"
        or "\uff00" <= character <= "\uffef"
        or character in "\t\r\n“”‘’—…·〇①②③④⑤⑥⑦⑧⑨⑩×《》"
        for character in sample
    )
    return known / len(sample) if sample else 0.0


def _checked(text: str) -> str:
    """Text that reads like text: no zeros, hardly any control characters."""
    sample = text[:_SAMPLE]
    controls = sum(character < " " and character not in "\t\r\n\f\v" for character in sample)
    if "\x00" in text or controls * 20 > len(sample):
        raise DocumentError(_UNKNOWN)
    return text
