"""A table as an XLSX file, written row by row: memory does not grow with the rows.

Cells are strings and never formulas, whatever they begin with; a text longer than a cell holds goes
on in the rows below, so that nothing is cut off.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import IO, Any

import xlsxwriter

from publishing.sheets.table import Sheet
from publishing.text import safe_sheet_text, sheet_pieces

# A character may count for two in the file's own reckoning.
_SURELY_FITS = 16_000
# Titles, clauses and masked names come again and again.
_SHORT = 60
_short = lru_cache(maxsize=4096)(safe_sheet_text)


def write_xlsx(sheet: Sheet, file: IO[bytes]) -> int:
    """Write the table; returns the number of its rows (not of the lines of the sheet)."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    page = book.add_worksheet(sheet.title[:31])
    formats = _formats(book)
    for column, declared in enumerate(sheet.columns):
        page.set_column(column, column, declared.width)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    line = _head(page, sheet, formats)
    typed = [column.typed for column in sheet.columns]
    count = 0
    for row in sheet.rows:
        line = _row(page, line, row, typed, formats)
        count += 1
    book.close()
    return count


def _formats(book: Any) -> dict[str, Any]:
    plain = {"text_wrap": True, "valign": "top", "font_name": "宋体", "border": 1}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "font_name": "黑体"}),
        "above": book.add_format({"font_name": "宋体"}),
        "heading": book.add_format({**plain, "bold": True, "bg_color": "#E8EEF5"}),
        "plain": book.add_format(plain),
        # Stays text also when somebody opens the cell and presses Enter.
        "armed": book.add_format({**plain, "quote_prefix": True}),
    }


def _head(page: Any, sheet: Sheet, formats: dict[str, Any]) -> int:
    """Title, lines above, headings; returns the first free line."""
    page.write_string(0, 0, sheet.title, formats["title"])
    line = 1
    for text in sheet.above:
        page.write_string(line, 0, safe_sheet_text(text).text, formats["above"])
        line += 1
    for column, declared in enumerate(sheet.columns):
        page.write_string(line, column, declared.heading, formats["heading"])
    page.repeat_rows(line)
    page.freeze_panes(line + 1, 0)
    return line + 1


def _row(
    page: Any, line: int, row: Sequence[str], typed: Sequence[bool], formats: dict[str, Any]
) -> int:
    """One row, and as many more as its longest text needs; returns the next free line."""
    plain, armed, write = formats["plain"], formats["armed"], page.write_string
    spilling: dict[int, list[Any]] = {}
    for column, value in enumerate(row):
        if not typed[column]:
            write(line, column, value, plain)
            continue
        if len(value) > _SURELY_FITS:
            pieces = list(sheet_pieces(value))
            spilling[column] = pieces[1:]
            text, formula_like = pieces[0]
        else:
            text, formula_like = _short(value) if len(value) < _SHORT else safe_sheet_text(value)
        write(line, column, text, armed if formula_like else plain)
    line += 1
    for extra in range(max(map(len, spilling.values()), default=0)):
        for column in sorted(spilling):
            if extra < len(spilling[column]):
                text, formula_like = spilling[column][extra]
                write(line, column, text, armed if formula_like else plain)
        line += 1
    return line
