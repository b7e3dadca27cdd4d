import unicodedata
from pathlib import PurePosixPath
from typing import NamedTuple

from people.uploads.docx import repack
from people.uploads.images import reencode
from people.uploads.pdf import rewrite
from people.uploads.refusals import Empty, HeicRefused, UnknownType

MAX_NAME = 100
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class CheckedFile(NamedTuple):
    """A file that is safe to keep and to hand to staff: its name for display, what it truly is."""

    name: str
    content_type: str
    content: bytes


def check_file(name: str, content: bytes) -> CheckedFile:
    """The file made harmless. Its content decides what it is; the name's suffix is corrected.

    Raises:
        FileRefused: it can't be made harmless; the message says why and what to do.
    """
    if not content:
        raise Empty
    if content.startswith(b"\xff\xd8\xff"):
        return CheckedFile(clean_name(name, ".jpg"), "image/jpeg", reencode(content, "JPEG"))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return CheckedFile(clean_name(name, ".png"), "image/png", reencode(content, "PNG"))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return CheckedFile(clean_name(name, ".webp"), "image/webp", reencode(content, "WEBP"))
    if content.startswith(b"%PDF-"):
        return CheckedFile(clean_name(name, ".pdf"), "application/pdf", rewrite(content))
    if content.startswith(b"PK\x03\x04"):
        return CheckedFile(clean_name(name, ".docx"), _DOCX, repack(content))
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        raise HeicRefused
    raise UnknownType


def clean_name(name: str, suffix: str) -> str:
    """A name for display: no path, nothing invisible, at most 100 characters, the true suffix."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem = PurePosixPath(visible.strip(" .")).stem.strip(" .")
    for char in '<>:"|?*':
        stem = stem.replace(char, "_")
    return f"{stem[: MAX_NAME - len(suffix)] or '材料'}{suffix}"
