"""Word files (ECMA-376) are refused if anything in them acts or loads, and else packed anew."""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from people.uploads.deadline import Deadline
from people.uploads.docx_fields import Instructions
from people.uploads.refusals import Active, Broken, Protected, TooComplex, UnknownType

MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 2000
MAX_PARSED = 1024 * 1024
SECONDS = 1.2
TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ACTIVE_TYPES = ("macroenabled", "vbaproject", "activex", "oleobject", "html", "rtf", "mhtml")
_ACTIVE_PARTS = ("vbaproject.bin", "vbadata.xml", "/activex/", "/embeddings/", "/afchunk")
_ACTIVE_RELATIONS = ("/attachedtemplate", "/afchunk", "/oleobject", "/package", "/subdocument")
# Fields that run a program or fetch a file as soon as the document is opened.
_ACTIVE_FIELD = re.compile(
    r"DDE(?:AUTO)?\b|INCLUDE(?:TEXT|PICTURE)\b|\bIMPORT\b|(?<!HYPER)LINK\s+\w+\.\w", re.IGNORECASE
)
# Word writes UTF-8, and says so where it says anything.
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")


def repack(content: bytes) -> bytes:
    """The parts of the file in a new archive: nothing before, between or after them.

    Raises:
        UnknownType: an archive, but not a Word document.
        Protected, Active, TooComplex, Broken
    """
    deadline = Deadline(SECONDS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _unpack(archive, deadline)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError):
        raise Broken from None
    _require_document(parts)
    for name, part in parts.items():
        deadline.check()
        _refuse_active(name, part, deadline)
    return _pack(parts, deadline)


def _unpack(archive: zipfile.ZipFile, deadline: Deadline) -> dict[str, bytes]:
    """Every part by its name, in order. zipfile yields no more of a part than it declares."""
    entries = archive.infolist()
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise TooComplex
    parts: dict[str, bytes] = {}
    for entry in entries:
        deadline.check()
        if entry.flag_bits & 1:
            raise Protected
        if entry.is_dir():
            continue
        if entry.filename in parts or not _is_plain(entry.filename):
            raise Broken
        parts[entry.filename] = archive.read(entry)
    return parts


def _is_plain(name: str) -> bool:
    """Whether a part's name stays inside the archive."""
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name)


def _require_document(parts: dict[str, bytes]) -> None:
    """Raises UnknownType unless a part is declared as the main part of a Word document."""
    if TYPES not in parts:
        raise UnknownType
    declared = [item.get("ContentType", "") for item in _parse(parts[TYPES])]
    if any(word in kind.lower() for kind in declared for word in _ACTIVE_TYPES):
        raise Active
    if _MAIN not in declared:
        raise UnknownType


def _refuse_active(name: str, part: bytes, deadline: Deadline) -> None:
    """Raises Active for macros, controls, embedded objects, outside templates, fetching fields."""
    if any(word in f"/{name.lower()}" for word in _ACTIVE_PARTS):
        raise Active
    if name.lower().endswith(".rels"):
        for relation in _parse(part):
            kind = relation.get("Type", "").lower()
            outside = relation.get("TargetMode", "").lower() == "external"
            if kind.endswith(_ACTIVE_RELATIONS) or (outside and not kind.endswith("/hyperlink")):
                raise Active
    elif _is_xml(name, part) and (
        b"<!DOCTYPE" in part or _ACTIVE_FIELD.search(_fields(part, deadline))
    ):
        raise Active


def _is_xml(name: str, part: bytes) -> bool:
    """By its name or by how it begins: the list of types may call any part XML."""
    begin = part[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00\t\r\n ")
    return name.lower().endswith(".xml") or begin.startswith(b"<")


def _fields(part: bytes, deadline: Deadline) -> str:
    """The instructions of all fields, joined: Word cuts one into runs as it likes. XML has many
    ways to write a letter, so a part with fields is parsed; and one in whose bytes they can't be
    looked for."""
    named = _ENCODING.match(part)
    plain = b"\0" not in part and (not named or named[1].lower() in {b"utf-8", b"us-ascii"})
    if plain and b"instr" not in part:
        return ""
    return Instructions(deadline, most=MAX_PARSED).read(part)


def _parse(part: bytes) -> Element:
    """The root of a part that this check must understand; such parts are small."""
    if len(part) > MAX_PARSED:
        raise TooComplex
    try:
        return fromstring(part, forbid_dtd=True)
    except DefusedXmlException:
        raise Active from None
    except (ParseError, ValueError):
        raise Broken from None


def _pack(parts: dict[str, bytes], deadline: Deadline) -> bytes:
    """A new archive, the list of types first as Word writes it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in [TYPES, *(name for name in parts if name != TYPES)]:
            deadline.check()
            archive.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED, 1)
    return target.getvalue()
