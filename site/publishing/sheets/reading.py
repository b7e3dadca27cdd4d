"""The rows of an XLSX file that somebody sent: as text, within limits, whatever the file says."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from publishing.text import clean_text

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 30 * 1024 * 1024
MAX_PARTS = 200
MAX_COLUMNS = 40
HEAD_LINES = 10
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, LookupError, ValueError),
    *(TypeError, AttributeError, AssertionError, ArithmeticError, RuntimeError),
    *(SyntaxError, DefusedXmlException, InvalidFileException),
)
"""What the readers raise for a broken archive or part; both parsers' errors are SyntaxErrors."""


class SheetRefused(Exception):
    """The file can't be read as a list; the message says what to do."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def read_list(
    content: bytes, *, headings: Mapping[str, Sequence[str]], required: Sequence[str], limit: int
) -> list[tuple[int, dict[str, str]]]:
    """The rows below the headings of the first sheet: the line in the file, and the cells by name.

    ``headings``: for each name the headings that stand for it. Empty rows are left out; a cell is
    its value as it is shown, never a formula. At most ``limit`` lines are looked at.

    Raises:
        SheetRefused: no XLSX file, too large or too long, or a required heading is missing.
    """
    _require_small(content)
    try:
        lines = list(_lines(content, limit))
    except _BROKEN:
        message = "文件读不出来：请用表格软件打开它，另存为 Excel 工作簿（.xlsx）再上传。"
        raise SheetRefused(message) from None
    if len(lines) > limit + HEAD_LINES:
        raise SheetRefused(f"一次最多导入{limit}行，请分成几个文件。")
    head, places = _find_head(lines, headings, required)
    rows = (
        (number, {name: _cell(line, place) for name, place in places.items()})
        for number, line in enumerate(lines[head + 1 :], start=head + 2)
    )
    return [(number, row) for number, row in rows if any(row.values())]


def _require_small(content: bytes) -> None:
    """Before anything is unpacked: what the archive says it holds is all that is read of it."""
    if len(content) > MAX_BYTES:
        raise SheetRefused(f"文件太大：不能超过{MAX_BYTES // 1024 // 1024} MB。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except _BROKEN:
        message = "这不是 Excel 工作簿（.xlsx）。旧格式（.xls）请先另存为 .xlsx。"
        raise SheetRefused(message) from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SheetRefused("文件展开后太大，请只保留名单这一张表再上传。")


def _lines(content: bytes, limit: int) -> Iterator[list[str]]:
    """One more than may be, so that too many are noticed."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        page = book.worksheets[0]
        # What the file says of its own size may be wrong.
        page.reset_dimensions()
        last = limit + HEAD_LINES + 1
        for row in page.iter_rows(max_row=last, max_col=MAX_COLUMNS, values_only=True):
            yield [_text(value) for value in row]
    finally:
        book.close()


def _text(value: Any) -> str:
    """A cell's value as it is read: a phone number that was typed as a number, too."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(clean_text(str(value)).split())


def _cell(line: Sequence[str], place: int) -> str:
    return line[place] if place < len(line) else ""


def _find_head(
    lines: Sequence[Sequence[str]],
    headings: Mapping[str, Sequence[str]],
    required: Sequence[str],
) -> tuple[int, dict[str, int]]:
    """The first line that has all required headings, and the place of each name."""
    for number, line in enumerate(lines[:HEAD_LINES]):
        found = {
            name: place
            for name, words in headings.items()
            for place, cell in reversed(list(enumerate(line)))
            if cell.replace(" ", "") in words
        }
        if set(required) <= set(found):
            return number, found
    named = "、".join(headings[name][0] for name in required)
    raise SheetRefused(f"没有找到表头：第一张表的前{HEAD_LINES}行中要有一行写着“{named}”。")
