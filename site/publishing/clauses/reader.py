"""From the bytes of a file to its text. (Word files: publishing.clauses.docx, under way.)"""

from publishing.clauses.document import DocumentError

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_text(data: bytes, name: str) -> str:
    """The text of a .txt file: UTF-8, UTF-16 with its mark, or GB18030.

    Raises:
        DocumentError: the file can't be read; the message says what to do.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if data[:4] == b"PK\x03\x04":
        raise DocumentError("暂时不能读取 Word 文件，请把正文复制后粘贴。")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentError("不能识别文件的编码，请用记事本另存为 UTF-8 后再上传。")
