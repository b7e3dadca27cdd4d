"""What a PDF file's streams are packed in: how much they unpack to, and that nothing hides below.

Pictures keep their own coding; around it, and elsewhere, one layer is left of however many there
were, so that a viewer or a virus scanner sees what was looked at here.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import Any

from pypdf.filters import ASCII85Decode, ASCIIHexDecode, LZWDecode, RunLengthDecode
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, StreamObject

from people.uploads.deadline import Deadline
from people.uploads.refusals import Active, Broken, Layered, Protected, TooComplex

MAX_LAYERS = 3
# Of one file, all streams together. Ten scanned pages without loss are some 250 MB.
MAX_UNPACKED = 300 * 1024 * 1024
# What stands below a further layer is held in memory.
MAX_HELD = 32 * 1024 * 1024
# These are decoded byte by byte, a megabyte in some tenths of a second.
MAX_SLOW = 1024 * 1024
_PIECE = 64 * 1024
# ISO 32000-1, 7.4: how pictures are coded. Their sizes are bounded by what a viewer allows.
_PICTURES = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"})
_SLOW: dict[str, Callable[[bytes, Any], bytes]] = {
    "/ASCIIHexDecode": ASCIIHexDecode.decode,
    "/ASCII85Decode": ASCII85Decode.decode,
    "/RunLengthDecode": RunLengthDecode.decode,
    "/LZWDecode": LZWDecode.decode,
}
# Who packs once more has no reason to rearrange the bytes before that.
_HARD_TO_UNDO = frozenset({"/Predictor", "/EarlyChange"})
_OF_THE_FILE = frozenset({"/ObjStm", "/XRef"})


class Unpacking:
    """The streams of one file, one after the other; keeps count of what they unpack to."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._left = MAX_UNPACKED

    def read(self, stream: StreamObject) -> None:
        """Looks below every layer, and leaves one.

        Raises:
            Active: its content lies in another file
            Protected: it is encrypted
            Layered: more layers than are read, or one that isn't known
            TooComplex: it unpacks to too much
            Broken: it is no stream of a document, or can't be unpacked
        """
        if "/F" in stream or "/FFilter" in stream:
            raise Active
        if stream.get("/Type") in _OF_THE_FILE:
            raise Broken
        names, parameters = _filters(stream)
        outer = names[:-1] if names and names[-1] in _PICTURES else names
        if len(names) > MAX_LAYERS or not set(outer) <= {"/FlateDecode", *_SLOW}:
            raise Protected if "/Crypt" in names else Layered
        if any(_HARD_TO_UNDO & each.keys() for each in parameters[: len(names) - 1]):
            raise Layered
        if names == ["/FlateDecode"]:
            self._count(stream._data)
        elif outer and "/EarlyChange" in parameters[-1]:
            raise Layered
        elif outer:
            _replace(stream, self._unpacked(outer, stream._data), names[-1], parameters[-1])

    def _count(self, packed: bytes) -> None:
        """The usual single layer stays; viewers read a broken one as far as it goes."""
        try:
            for _piece in self._pieces("/FlateDecode", packed):
                pass
        except zlib.error:
            return

    def _unpacked(self, names: list[str], content: bytes) -> bytes:
        for name in names:
            pieces, held = [], 0
            for piece in self._pieces(name, content):
                held += len(piece)
                if held > MAX_HELD:
                    raise TooComplex
                pieces.append(piece)
            content = b"".join(pieces)
        return content

    def _pieces(self, name: str, packed: bytes) -> Iterator[bytes]:
        """What one layer unpacks to, counted while it is unpacked."""
        for piece in _inflated(packed) if name == "/FlateDecode" else _decoded(name, packed):
            self._deadline.check()
            self._left -= len(piece)
            if self._left < 0:
                raise TooComplex
            yield piece


def _filters(stream: StreamObject) -> tuple[list[str], list[DictionaryObject]]:
    """The names of the layers, the outermost first, and as many dictionaries of parameters."""
    names, parameters = (_listed(stream.get(key)) for key in ("/Filter", "/DecodeParms"))
    rows = [row if isinstance(row, DictionaryObject) else DictionaryObject() for row in parameters]
    rows += [DictionaryObject()] * (len(names) - len(rows))
    return [str(name) for name in names], rows[: len(names)]


def _listed(value: Any) -> list[Any]:
    """One, several or none, by reference or not."""
    value = value.get_object() if value is not None else None
    if value is None or isinstance(value, NullObject):
        return []
    return [item.get_object() for item in value] if isinstance(value, ArrayObject) else [value]


def _replace(stream: StreamObject, content: bytes, last: str, parameters: DictionaryObject) -> None:
    """One layer: the picture's own, or Flate. What a last layer rearranged stays rearranged."""
    is_picture = last in _PICTURES
    stream._data = content if is_picture else zlib.compress(content)
    stream[NameObject("/Filter")] = NameObject(last if is_picture else "/FlateDecode")
    stream.pop("/DecodeParms", None)
    if parameters:
        stream[NameObject("/DecodeParms")] = parameters


def _inflated(packed: bytes) -> Iterator[bytes]:
    inflating = zlib.decompressobj()
    for start in range(0, len(packed), _PIECE):
        waiting = packed[start : start + _PIECE]
        while waiting:
            yield inflating.decompress(waiting, 16 * _PIECE)
            waiting = inflating.unconsumed_tail
        if inflating.eof:
            return


def _decoded(name: str, packed: bytes) -> Iterator[bytes]:
    if len(packed) > MAX_SLOW:
        raise TooComplex
    yield _SLOW[name](packed, None)
