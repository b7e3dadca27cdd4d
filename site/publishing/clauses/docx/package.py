"""A .docx file as a package of parts: opened with limits, or refused with what to do."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from publishing.clauses.document import DocumentError
from publishing.clauses.docx.xml import BROKEN, RELS, Element, parse_xml

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PART_BYTES = 64 * 1024 * 1024
"""One part of text takes about ten times its size in memory while it is read."""

_CHUNK = 1 << 20
_T = TypeVar("_T")
# Whatever folder the main part lies in: Word, WPS and converters call them so.
_WORDS = re.compile(
    r"word/(?:document|header|footer|footnotes|endnotes|comments|glossary/document)\w*\.xml"
)
_TOO_LARGE = "文件展开后太大（超过 200 MB），请删去其中的图片和附件后另存，再上传。"
_LOCKED = "文件有密码，请在 Word 或 WPS 中取消密码后另存，再上传。"
_OTHERS = (
    ("xl/", "这是 Excel 表格，不是 Word 文件，请把内容复制到 Word 中另存为 .docx 后再上传。"),
    ("ppt/", "这是演示文稿，不是 Word 文件，请把内容复制到 Word 中另存为 .docx 后再上传。"),
    ("OFD.xml", "这是 OFD 版式文件，请上传它的 Word 原稿（.docx）。"),
    ("content.xml", "这是 OpenDocument 文件，请用 Word 或 WPS 打开后另存为 .docx，再上传。"),
)
_NOT_WORD = "这是压缩包，不是 Word 文件，请解压后上传其中的 .docx 文件。"


@dataclass(slots=True)
class Package:
    """The parts of a document that hold text; those that are absent are None."""

    document: Element
    numbering: Element | None
    styles: Element | None
    footnotes: Element | None
    endnotes: Element | None


class _Reader:
    """Reads members and counts what really comes out, whatever the headers say."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())
        self.unpacked = 0

    def read(self, name: str) -> bytes:
        pieces = []
        size = 0
        with self.archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                self.unpacked += len(chunk)
                if size > MAX_PART_BYTES or self.unpacked > MAX_UNPACKED_BYTES:
                    raise DocumentError(_TOO_LARGE)
                pieces.append(chunk)
        return b"".join(pieces)

    def part(self, name: str | None) -> Element | None:
        return parse_xml(self.read(name)) if name in self.names and name else None


def open_package(data: bytes) -> Package:
    """The parts of a .docx file.

    Raises:
        DocumentError: broken, encrypted, too large, or another kind of file.
    """
    return _opened(data, _read_parts)


def open_all_words(data: bytes) -> list[Element]:
    """Every part of a .docx file in which people write: besides the text also headers, footers,
    notes and comments, for a search that must miss nothing. Raises as ``open_package``."""
    return _opened(data, _read_all_words)


def _opened(data: bytes, read: Callable[[zipfile.ZipFile], _T]) -> _T:
    if len(data) > MAX_FILE_BYTES:
        raise DocumentError("文件超过 20 MB，请删去其中的图片后另存，再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError) as error:
        raise DocumentError(BROKEN) from error
    except (NotImplementedError, RuntimeError) as error:  # zipfile: compression, encryption
        raise DocumentError(BROKEN) from error


def _read_parts(archive: zipfile.ZipFile) -> Package:
    infos = archive.infolist()
    if any(info.flag_bits & 0x1 for info in infos):
        raise DocumentError(_LOCKED)
    if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        raise DocumentError(_TOO_LARGE)
    reader = _Reader(archive)
    main = _target(reader, "", "/officeDocument") or "word/document.xml"
    if main not in reader.names or main.startswith(("xl/", "ppt/")):
        raise DocumentError(_other_kind(reader.names))
    parts = {
        kind: reader.part(_target(reader, main, f"/{kind}") or f"word/{kind}.xml")
        for kind in ("numbering", "styles", "footnotes", "endnotes")
    }
    return Package(document=reader.part(main), **parts)


def _read_all_words(archive: zipfile.ZipFile) -> list[Element]:
    _read_parts(archive)
    reader = _Reader(archive)
    found = (reader.part(name) for name in sorted(reader.names) if _WORDS.fullmatch(name))
    return [part for part in found if part is not None]


def _other_kind(names: set[str]) -> str:
    for begin, message in _OTHERS:
        if any(name.startswith(begin) for name in names):
            return message
    word = any(name.startswith(("word/", "[Content_Types]")) for name in names)
    return BROKEN if word else _NOT_WORD


def _target(reader: _Reader, source: str, kind: str) -> str | None:
    """The part that a relationship of this kind leads to from `source` ("" for the package)."""
    folder, name = posixpath.split(source)
    relations = reader.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relations is None:
        return None
    for relation in relations.iter(RELS + "Relationship"):
        if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            joined = target if target.startswith("/") else posixpath.join(folder, target)
            return posixpath.normpath(joined).lstrip("/")
    return None
