"""A table as a DOCX file. python-docx makes the frame; the rows are written as text, because its
tables take time that grows with the square of their length."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from publishing.sheets.table import Sheet
from publishing.text import safe_sheet_text

_HERE = "THE-TABLE-STANDS-HERE"
_PLACE = re.compile(rf"<w:p\b(?:(?!<w:p\b).)*?{_HERE}.*?</w:p>", re.DOTALL)
_BODY = "word/document.xml"
_TEXT_WIDTH = 14_570
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_docx(sheet: Sheet, file: IO[bytes]) -> int:
    """Write the table; returns the number of its rows."""
    frame = zipfile.ZipFile(io.BytesIO(_frame(sheet)))
    before, after = _PLACE.split(frame.read(_BODY).decode(), maxsplit=1)
    widths, count = _widths(sheet), 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in frame.namelist():
            if name != _BODY:
                target.writestr(name, frame.read(name))
        with target.open(_BODY, "w", force_zip64=True) as body:
            body.write(before.encode())
            body.write(_table_head(sheet).encode())
            for row in sheet.rows:
                body.write(_row(row, widths).encode())
                count += 1
            body.write(f"</w:tbl>{after}".encode())
    return count


def _frame(sheet: Sheet) -> bytes:
    """A4 across, with the title, the lines above the table, and a mark where it will stand."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(sheet.title)
    run.bold, run.font.size = True, Pt(18)
    for text in sheet.above:
        document.add_paragraph(safe_sheet_text(text).text)
    document.add_paragraph(_HERE)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _widths(sheet: Sheet) -> list[int]:
    """The columns' widths in twentieths of a point, filling the page."""
    total = sum(column.width for column in sheet.columns)
    return [column.width * _TEXT_WIDTH // total for column in sheet.columns]


def _table_head(sheet: Sheet) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _widths(sheet))
    headings = [column.heading for column in sheet.columns]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(headings, _widths(sheet), heading=True)}"
    )


def _row(texts: Sequence[str], widths: Sequence[int], *, heading: bool = False) -> str:
    """A row; a heading repeats on every page, and no row breaks across two."""
    marks = "<w:cantSplit/><w:tblHeader/>" if heading else ""
    properties = f"<w:trPr>{marks}</w:trPr>" if marks else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_lines(text, heading)}</w:tc>'
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr>{properties}{cells}</w:tr>"


def _lines(text: str, heading: bool) -> str:
    """A paragraph for each line of the text; illegal characters are gone, tabs are spaces."""
    bold = "<w:rPr><w:b/></w:rPr>" if heading else ""
    return "".join(
        f'<w:p><w:r>{bold}<w:t xml:space="preserve">{line}</w:t></w:r></w:p>'
        for line in _escaped(text)
    )


def _escaped(text: str) -> Iterator[str]:
    legal = safe_sheet_text(text).text.replace("\r\n", "\n").replace("\r", "\n")
    for line in legal.split("\n"):
        yield escape(line.replace("\t", " "))
