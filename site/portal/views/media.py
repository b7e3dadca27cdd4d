import re
from email.utils import formatdate
from io import BufferedReader
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join
from django.utils.http import parse_http_date_safe
from django.views.decorators.http import require_safe

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


class _Part:
    """The first bytes of a file from where it stands; the rest isn't read."""

    def __init__(self, file: BufferedReader, length: int) -> None:
        self.file, self.left = file, length

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        self.file.close()


@require_safe
def media_file(request: HttpRequest, path: str, folder: str) -> HttpResponse | FileResponse:
    """A public file of the demo, or a part of it (RFC 9110, 14): players ask for parts to jump.

    For the demo only: nginx does the same for the public.
    """
    try:
        file = Path(safe_join(folder, path))
        known = file.stat()
        opened = file.open("rb") if file.is_file() else None
    except (OSError, ValueError) as error:
        raise Http404 from error
    if opened is None:
        raise Http404
    response = _answer(request, opened, known.st_size, known.st_mtime)
    return _named(response, file.name, known.st_mtime)


def _answer(request: HttpRequest, file: BufferedReader, size: int, changed: float) -> Any:
    """All of it, the part that was asked for, or 416 where there is no such part."""
    if parse_http_date_safe(request.headers.get("If-Modified-Since", "")) == int(changed):
        file.close()
        return HttpResponse(status=304)
    part = _part(request.headers.get("Range", ""), size)
    condition = request.headers.get("If-Range")
    if part is None or (condition and parse_http_date_safe(condition) != int(changed)):
        response = FileResponse(file)
        response["Content-Length"] = size
        return response
    start, end = part
    if start >= size:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(start)
    response = FileResponse(_Part(file, end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = end - start + 1
    return response


def _part(written: str, size: int) -> tuple[int, int] | None:
    """First and last byte; None: no range, or one that may be passed over, as several are."""
    found = _RANGE.fullmatch(written.replace(" ", ""))
    if not found or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else (size, size)
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def _named(response: Any, name: str, changed: float) -> Any:
    """What every answer says: what the file is, and that parts of it can be had."""
    kind = guess_type(name)[0] or "application/octet-stream"
    response["Content-Type"] = kind
    response["Content-Disposition"] = "inline"
    response["Accept-Ranges"] = "bytes"
    response["Last-Modified"] = formatdate(int(changed), usegmt=True)
    response["X-Content-Type-Options"] = "nosniff"
    return response
