"""The walk over the lines that builds parts and blocks."""

from __future__ import annotations

import re

from publishing.clauses.document import Block, Document, ParseWarning, Part
from publishing.clauses.parser.attachments import open_attachment, read_list
from publishing.clauses.parser.head import UNNUMBERED, read_head, take_title
from publishing.clauses.parser.lines import Line, read_lines
from publishing.clauses.parser.outline import MarkedList, Outline
from publishing.clauses.parser.sequence import STRUCTURE, Lookahead
from publishing.clauses.parser.signoff import (
    Roles,
    contents_end,
    find_roles,
    split_signed,
)
from publishing.clauses.parser.tables import find_tables
from publishing.clauses.parser.wording import (
    ends_title,
    is_bracketed_note,
    is_closing_note,
    is_head_note,
    is_office,
    is_title_line,
    squeeze,
)

_NAMED = re.compile(r"《([^《》]{4,100})》")
_PASSES_ON = re.compile(r"印发|转发|批转|公布|发布|施行|通过|下发")
_ISSUES = re.compile(r"通知|令|函|公告|决定|批复|印发|转发")
_MOST_NAMES = 12
_LONGEST_NAME_LINE = 50


class Builder:
    """Builds one document; use it once."""

    def __init__(self, text: str) -> None:
        self.document = Document()
        self.warnings: list[ParseWarning] = self.document.warnings
        self.lines, self.tables = find_tables(read_lines(text), self.warnings)
        self.roles: Roles = find_roles(self.lines)
        self.lookahead = Lookahead(self.lines)
        self.lists: list[MarkedList] = []
        self.index = 0
        self.part = Part()
        self.outline = self._outline(self.part.blocks)
        self.names: set[str] = set()  # titles announced by a notice, not seen yet
        self.announcing = False  # the part is a notice, an order: it may issue something
        self.listed: set[str] = set()  # names in the list of attachments
        self.signed = False  # the part is signed and dated: what follows may be another
        self.in_attachment = False

    def build(self) -> Document:
        lines, roles = self.lines, self.roles
        self._start_part()
        total = len(lines)
        while self.index < total:
            index = self.index
            line = lines[index]
            if line.tabbed:
                self._table()
            elif index in roles and self._sign(line, roles[index]):
                pass
            elif line.family:
                self._marked(line)
            elif self.signed:
                self._below_signature(line)
            elif len(line.text) <= _LONGEST_NAME_LINE:
                self._short(line)
            else:
                self._paragraph(line)
        return self.document

    def _outline(self, blocks: list[Block]) -> Outline:
        return Outline(blocks, self.lookahead, self.warnings, self.lists)

    def _start_part(self) -> None:
        part = Part()
        self.document.parts.append(part)
        self.part, self.outline = part, self._outline(part.blocks)
        self.signed = self.in_attachment = False
        self.listed = set()
        head = read_head(self.lines, self.index, self.names, self.roles)
        part.title, part.blocks[:] = head.title, head.blocks
        self.index = head.end
        self.announcing = _ISSUES.search(head.title) is not None
        if self.announcing:
            self.names = set()
        self.names.discard(squeeze(head.title))

    def _add(self, block: Block) -> None:
        """Put a block on the part itself, outside of all markers and attachments."""
        self.part.blocks.append(block)
        self.outline = self._outline(self.part.blocks)
        self.in_attachment = False
        self.index += 1

    def _paragraph(self, line: Line) -> None:
        block = Block("paragraph", text=line.text, line=line.number)
        self.outline.add_paragraph(block, self.index)
        if self.announcing and not self.in_attachment:
            self._announce(line.text)
        self.index += 1

    def _announce(self, text: str) -> None:
        """Remember the titles that a notice says it issues: 印发《…方案》."""
        if "《" in text and len(self.names) < _MOST_NAMES and _PASSES_ON.search(text):
            names = {squeeze(name) for name in _NAMED.findall(text)}
            self.names |= {name for name in names if ends_title(name)}

    def _table(self) -> None:
        table = self.tables[self.index]
        self.outline.add_aside(table.block)
        self.index = table.end

    def _sign(self, line: Line, role: str) -> bool:
        if role == "contents":
            end = contents_end(self.lines, self.index, self.roles)
            text = "\n".join(entry.text for entry in self.lines[self.index : end])
            self.outline.add_aside(Block("note", text=text, line=line.number))
            self.index = end
            return True
        if self.in_attachment:
            return False
        if role == "signed":
            signature, date = split_signed(line.text)
            self.part.blocks.append(Block("signature", text=signature, line=line.number))
            self._add(Block("date", text=date, line=line.number))
        elif role == "date":
            self._add(Block("date", text=line.text, line=line.number))
        else:
            self._add(Block("signature", text=line.text, line=line.number))
        self.signed = True
        return True

    def _marked(self, line: Line) -> None:
        family = line.family
        if family == "attachment":
            self._attachment()
        elif family == "imprint":
            self._add(Block("note", text=line.text, line=line.number))
            self.signed = True
        elif family == "footnote":
            label, text = line.text[: line.cut], line.text[line.cut :].strip()
            number = line.value if isinstance(line.value, int) else None
            self.outline.add_aside(Block("note", label, number, text=text, line=line.number))
            self.index += 1
        elif family == "reference" and self._starts_with_reference():
            self._start_part()
        elif self.outline.add(line, self.index):
            self.index += 1
            if family in STRUCTURE:
                self._structure_heading()
        elif self.signed:
            self._below_signature(line)
        else:
            self._paragraph(line)

    def _structure_heading(self) -> None:
        """第一章 alone on its line: its heading is the next one."""
        block = self.outline.stack[-1].block
        block.heading, block.text = block.text, ""
        if block.heading or self.index >= len(self.lines) or self.index in self.roles:
            return
        line = self.lines[self.index]
        if not line.family and not line.tabbed and is_title_line(squeeze(line.text)):
            block.heading = line.text
            self.index += 1

    def _attachment(self) -> None:
        listed = read_list(self.lines, self.index, self.roles, self.signed)
        if listed is not None and not self.in_attachment:
            self.part.blocks.append(listed.block)
            self.outline = self._outline(self.part.blocks)
            self.listed = listed.names
            self.index = listed.end
            return
        block, self.index = open_attachment(self.lines, self.index, self.listed, self.roles)
        self.part.blocks.append(block)
        self.outline = self._outline(block.children)
        self.in_attachment, self.signed = True, False

    def _starts_with_reference(self) -> bool:
        """Whether a reference in the middle begins another document: a title stands below."""
        if self.index + 1 >= len(self.lines):
            return False
        pieces, _ = take_title(self.lines, self.index + 1, set(), self.roles)
        joined = squeeze("".join(pieces))
        return "关于" in joined and ends_title(joined)

    def _below_signature(self, line: Line) -> None:
        squeezed = squeeze(line.text)
        if is_bracketed_note(squeezed) or is_closing_note(line.text) or is_head_note(squeezed):
            self._add(Block("note", text=line.text, line=line.number))
        elif is_office(squeezed) and self.part.blocks[-1].kind == "date":
            self._add(Block("signature", text=line.text, line=line.number))
        elif is_title_line(squeezed) and self.index + 1 < len(self.lines):
            self._start_part()
        else:
            self.warnings.append(ParseWarning(line.number, "署名和日期之后还有文字，请核对位置"))
            self.signed = False
            self._paragraph(line)

    def _short(self, line: Line) -> None:
        """A short line may be the title of what a notice issues, or a heading like 附则."""
        squeezed = squeeze(line.text)
        if self.names and self._is_announced(squeezed):
            self._start_part()
        elif squeezed in UNNUMBERED:
            block = Block("chapter", heading=line.text, line=line.number)
            self.outline.add_unnumbered(block)
            self.index += 1
        elif is_closing_note(line.text) and squeezed.startswith(("抄送", "抄报", "主题词")):
            self._add(Block("note", text=line.text, line=line.number))
        else:
            self._paragraph(line)

    def _is_announced(self, squeezed: str) -> bool:
        if not any(name.startswith(squeezed) for name in self.names):
            return False
        pieces, _ = take_title(self.lines, self.index, self.names, self.roles)
        joined = squeeze("".join(pieces))
        return joined in self.names
