"""Word files for tests: small packages written by hand, and a real plan with Word's own lists.

The pieces (`paragraph`, `run`, `table` …) return XML; `word_file` packs a body with the parts
it needs into the bytes of a .docx file that Word and WPS open.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    *content: str, numbered: tuple[int, int] | None = None, style: str = "", mark: str = ""
) -> str:
    """A paragraph of plain texts and pieces of XML; `numbered` is (numId, level)."""
    inside = "".join(piece if piece.startswith("<") else run(piece) for piece in content)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = (
        f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
        if numbered
        else ""
    )
    return f"<w:p><w:pPr>{styled}{listed}<w:rPr>{mark}</w:rPr></w:pPr>{inside}</w:p>"


def inserted(*content: str) -> str:
    return f'<w:ins w:id="1" w:author="甲">{"".join(content)}</w:ins>'


def deleted(text: str) -> str:
    gone = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="甲">{gone}</w:del>'


def text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: once for itself and once more for older programs."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    new = f"<w:drawing><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def content_control(*blocks: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{''.join(blocks)}</w:sdtContent></w:sdt>"


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def footnote_mark(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def cell(*blocks: str, span: int = 1, merge: str = "") -> str:
    """A cell; `merge` is "restart" for the first of cells merged downwards, then "continue"."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inside = "".join(blocks) or paragraph()
    return f"<w:tc><w:tcPr>{spanned}{merged}</w:tcPr>{inside}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    """Rows of cells (XML) or of plain texts."""
    written = ""
    for row in rows:
        cells = (piece if piece.startswith("<") else cell(paragraph(piece)) for piece in row)
        written += f"<w:tr>{''.join(cells)}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{written}</w:tbl>"


def level(depth: int, style: str, text: str, *, start: int | str = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'{more}<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def numbering(definitions: Sequence[Iterable[str]], lists: Sequence[tuple[int, str]] = ()) -> str:
    """numbering.xml: `definitions` of levels; `lists` as (definition, overrides), numId from 1.

    Without `lists` there is one for each definition.
    """
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{index}">{"".join(levels)}</w:abstractNum>'
        for index, levels in enumerate(definitions)
    )
    used = lists or [(index, "") for index in range(len(definitions))]
    nums = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>'
        for number, (definition, override) in enumerate(used, start=1)
    )
    return f"<w:numbering {_SPACES}>{abstracts}{nums}</w:numbering>"


def starts_anew(depth: int = 0, start: int = 1) -> str:
    over = f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{depth}">{over}</w:lvlOverride>'


def styles(*pieces: str) -> str:
    return f"<w:styles {_SPACES}>{''.join(pieces)}</w:styles>"


def list_style(style_id: str, num_id: int | None, *, level: int = 0, base: str = "") -> str:
    """A paragraph style that belongs to a list, or only to the one it is based on."""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    listed = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'
        if num_id is not None
        else ""
    )
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}">{based}'
        f"<w:pPr>{listed}</w:pPr></w:style>"
    )


def footnotes(*notes: str) -> str:
    """footnotes.xml of texts; they are referred to as 1, 2, …."""
    written = "".join(
        f'<w:footnote w:id="{number}">{paragraph("<w:r><w:footnoteRef/></w:r>", text)}</w:footnote>'
        for number, text in enumerate(notes, start=1)
    )
    return f"<w:footnotes {_SPACES}>{written}</w:footnotes>"


def word_file(*body: str, **parts: str) -> bytes:
    """The bytes of a .docx file; `parts` are numbering, styles, footnotes, header."""
    relations = "".join(
        f'<Relationship Id="rId{index}" Type="{_R}/{kind}" Target="{kind}.xml"/>'
        for index, kind in enumerate(parts, start=1)
    )
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_MAIN}.{kind}+xml"/>'
        for kind in parts
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": f"<w:document {_SPACES}><w:body>{''.join(body)}</w:body></w:document>",
        **{f"word/{kind}.xml": content for kind, content in parts.items()},
    }
    return zip_file(
        {
            name: f'<?xml version="1.0" encoding="UTF-8"?>{content}'.encode()
            for name, content in members.items()
        }
    )


def zip_file(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


_FIRST = re.compile(r"[一二三四五六七八九十]+、\s*")
_SECOND = re.compile(r"([(（])[一二三四五六七八九十]+[)）]\s*")
_ITEM = re.compile(r"[0-9]+\.")
_LISTS = (
    [level(0, "chineseCounting", "%1、")],
    [level(0, "chineseCounting", "(%1)")],
    [level(0, "chineseCounting", "（%1）")],
    [level(0, "decimal", "%1.")],
)
_HALF, _FULL = 1, 2  # the two definitions of （一）, by their brackets


def plan_docx(text: str) -> bytes:
    """The township's plan as a Word file: its lists numbered by Word, its table a real one.

    一、 is one list; each run of （一） below it is a list of its own, in the brackets it is
    written with; the items of the table are one list over all rows; cells that are empty
    because they say the same as above are merged.
    """
    lists: list[tuple[int, str]] = [(0, ""), (3, "")]
    body: list[str] = []
    lines = [line.rstrip(" ") for line in text.split("\n")]
    index, below_first = 0, False
    while index < len(lines):
        line = lines[index].strip()
        first, second = _FIRST.match(line), _SECOND.match(line)
        if lines[index].startswith("\t"):
            rows, index = _plan_rows(lines, index)
            body.append(_plan_table(rows))
            continue
        if first:
            body.append(paragraph(line[first.end() :], numbered=(1, 0)))
            below_first = True
        elif second:
            if below_first:
                lists.append((_HALF if second.group(1) == "(" else _FULL, starts_anew()))
                below_first = False
            body.append(paragraph(line[second.end() :], numbered=(len(lists), 0)))
        elif line:
            body.append(paragraph(line))
        index += 1
    return word_file(*body, numbering=numbering(_LISTS, lists))


def _plan_rows(lines: list[str], index: int) -> tuple[list[list[list[str]]], int]:
    """Rows of cells of lines, and the index after the table."""
    rows: list[list[list[str]]] = []
    fresh = True
    last = max(number for number, line in enumerate(lines) if line.startswith("\t"))
    for line in lines[index : last + 1]:
        if line.startswith("\t"):
            if fresh:
                rows.append([])
            rows[-1].append([line.strip()])
        elif line:
            rows[-1][-1].append(line)
        fresh = not line.startswith("\t")
    return rows, last + 1


def _plan_table(rows: list[list[list[str]]]) -> str:
    written = []
    for number, row in enumerate(rows):
        cells = []
        for column, lines in enumerate(row):
            below = rows[number + 1][column] if number + 1 < len(rows) else ["-"]
            merge = "continue" if lines == [""] else "restart" if below == [""] else ""
            cells.append(cell(*map(_plan_cell, lines), merge=merge))
        written.append(cells)
    return table(*written)


def _plan_cell(line: str) -> str:
    item = _ITEM.match(line)
    return paragraph(line[item.end() :], numbered=(2, 0)) if item else paragraph(line)
