"""Which numbers are markers, and what lies below what.

A number counts as a marker when it follows its predecessor in the same list; 一、 may run on
across chapters and （一） across sections. The usual order of markers is that of GB/T 9704
and of statutes; a document that nests them otherwise (（一） below 1.) is recognised by the
list above going on afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from publishing.clauses.document import Block, ParseWarning
from publishing.clauses.parser.lines import Line
from publishing.clauses.parser.marks import UNITS, Value
from publishing.clauses.parser.numerals import roman_number
from publishing.clauses.parser.sequence import (
    RANKS,
    STRUCTURE,
    Lookahead,
    first_of,
    follows,
    last_number,
    number_of,
)

_BEGUN_INSIDE = re.compile(r"[:：]\s*(?:[1１]\s*[.．、]|[（(][1一１][）)])")
_LONGEST_LEAP = 20  # a list may lack so many numbers and still be taken for a list


@dataclass(slots=True)
class Open:
    """A marker whose block still takes what comes."""

    family: str
    value: Value
    block: Block
    announced: bool  # the text above this list ended with a colon


@dataclass(slots=True)
class MarkedList:
    """The blocks of one list, over all that it runs on across."""

    family: str
    members: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The open markers of one part or attachment, outermost first."""

    blocks: list[Block]
    lookahead: Lookahead
    warnings: list[ParseWarning]
    lists: list[MarkedList]
    stack: list[Open] = field(default_factory=list)
    last: dict[str, Value] = field(default_factory=dict)
    current: dict[str, MarkedList] = field(default_factory=dict)
    inner: set[tuple[str, str]] = field(default_factory=set)
    with_paragraphs: set[str] = field(default_factory=set)  # families whose list has some
    latest: str = ""  # the text read last: a colon at its end announces a list

    def add(self, line: Line, index: int) -> bool:
        """Open a block for the marker that the line begins with; False if it has none."""
        judged = self._judge(line, index)
        if judged is None:
            return False
        family, value, cut = judged
        text = line.text
        block = Block("item", text[:cut].rstrip(), number_of(value), line=line.number)
        block.text = text[cut:].strip()
        self._warn(family, value, block)
        self._place(family, value, block, index)
        self.latest = text
        return True

    def add_unnumbered(self, block: Block) -> None:
        """A chapter without a number, such as 附则 alone on its line."""
        while self.stack and RANKS[self.stack[-1].family] >= RANKS["chapter"]:
            self.stack.pop()
        self._children().append(block)
        self.stack.append(Open("chapter", None, block, False))

    def add_paragraph(self, block: Block, index: int) -> None:
        """Put a paragraph where it belongs: an ended list does not take it."""
        stack = self.stack
        while stack and self._has_ended(index):
            stack.pop()
        if stack:
            self.with_paragraphs.add(stack[-1].family)
        self._children().append(block)
        self.latest = block.text

    def add_aside(self, block: Block) -> None:
        """Put a table or a note below the innermost marker."""
        self._children().append(block)
        self.latest = ""

    def _children(self) -> list[Block]:
        return self.stack[-1].block.children if self.stack else self.blocks

    def _has_ended(self, index: int) -> bool:
        """Whether the innermost list was announced by a colon and has no further member.

        A list that hangs in an article gives the next paragraph back to the article; any
        other does so when none of its members has had a paragraph of its own, and, as the
        outermost list, when its members are whole sentences and not headings.
        """
        top = self.stack[-1]
        if not top.announced or top.family in STRUCTURE or top.family == "article":
            return False
        if follows(top.value, self.lookahead.after(index, top.family)):
            return False
        if len(self.stack) > 1 and self.stack[-2].family == "article":
            return True
        if top.family in self.with_paragraphs:
            return False
        return len(self.stack) > 1 or (top.value != 1 and _is_sentence(top.block.text))

    def _judge(self, line: Line, index: int) -> tuple[str, Value, int] | None:
        family, value = line.family, line.value
        if family == "decimal":
            return self._judge_decimal(line, index)
        if family == "letter" and not self._expects(family, value, index):
            family, value = "roman", _roman_value(line)
        if family not in RANKS:
            return None
        if line.weak and not self._expects(family, value, index):
            return None
        if family in ("digit", "half", "bracketed") and not self._near(family, value):
            return None
        return family, value, line.cut

    def _expects(self, family: str, value: Value, index: int) -> bool:
        if value == 1 and family != "article":
            return follows(1, self.lookahead.after(index, family)) or (
                family == "digit" and self.lookahead.after(index, family) == (1, 1)
            )
        return value == 1 or follows(self.last.get(family), value)

    def _near(self, family: str, value: Value) -> bool:
        last = self.last.get(family) or 0
        last = last[0] if isinstance(last, tuple) else last
        return isinstance(value, int) and value - last <= _LONGEST_LEAP

    def _judge_decimal(self, line: Line, index: int) -> tuple[str, Value, int] | None:
        """1.1 below 1, or item 2 that begins with "16个": what the lists say decides."""
        value = line.value
        if not isinstance(value, tuple):
            return None
        family, last = f"decimal{len(value)}", self.last.get("digit")
        rest = line.text[line.cut :].lstrip()
        following = self.lookahead.after(index, "digit")
        if follows(last, value) or (value[-1] == 1 and self._begins_decimals(value, following)):
            return family, value, line.cut
        if follows(first_of(last), value[0]) or (value[0] == 1 and first_of(following) == 2):
            doubtful = rest[:1] in UNITS and first_of(following) == value[0]
            return None if doubtful else ("digit", value[0], _digit_cut(line.text))
        if isinstance(last, tuple) and last < value and rest[:1] not in UNITS:
            return family, value, line.cut
        return None

    def _begins_decimals(self, value: tuple[int, ...], following: Value) -> bool:
        """1.1 without a 1 before it (below 一、 or a chapter): its list must go on."""
        return isinstance(following, tuple) and follows(value, following)

    def _place(self, family: str, value: Value, block: Block, index: int) -> None:
        stack = self.stack
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth].family == family:
                announced = stack[depth].announced
                if value == 1 or value == (1,):
                    announced = self.latest[-1:] in ("：", ":")
                del stack[depth:]
                break
        else:
            announced = self.latest[-1:] in ("：", ":")
            while stack and RANKS[stack[-1].family] >= RANKS[family]:
                if self._nests(family, value, index):
                    break
                stack.pop()
        in_article = bool(stack) and stack[-1].family == "article"
        block.level = sum(1 for entry in stack if entry.block.label) + 1
        self._children().append(block)
        stack.append(Open(family, value, block, announced or in_article))
        self._join_list(family, value, block)

    def _nests(self, family: str, value: Value, index: int) -> bool:
        """Whether the innermost marker, of a lower rank by custom, holds this list after all."""
        outer = self.stack[-1]
        pair = (family, outer.family)
        if pair in self.inner:
            return True
        if value == 1 and follows(outer.value, self.lookahead.after(index, outer.family)):
            self.inner.add(pair)
            return True
        return False

    def _join_list(self, family: str, value: Value, block: Block) -> None:
        fresh = value[-1] == 1 if isinstance(value, tuple) else value == 1
        if fresh or family not in self.current:
            self.current[family] = MarkedList(family)
            self.with_paragraphs.discard(family)
            self.lists.append(self.current[family])
        self.current[family].members.append(block)
        self.last[family] = value
        if family.startswith("decimal"):
            self.last["digit"] = value

    def _warn(self, family: str, value: Value, block: Block) -> None:
        """Say where a list lacks a number, or has one twice."""
        last = self.last.get("digit" if family.startswith("decimal") else family)
        if value is None or value == 1 or follows(last, value):
            return
        if block.label.count("之") and last == value:
            return
        before, here = last_number(last, value), number_of(value) or 0
        if before == 0 and here == 2 and _BEGUN_INSIDE.search(self.latest):
            return
        message = self._gap(family, block.label.strip(), before, here)
        if message:
            self.warnings.append(ParseWarning(block.line, message))

    def _gap(self, family: str, label: str, before: int, here: int) -> str:
        begins = before == 0 or (
            here <= before and not any(entry.family == family for entry in self.stack)
        )
        if begins:
            lacking = _span(1, here - 1)
            return f"编号从“{label}”开始，缺少前面的第 {lacking} 项" if here > 1 else ""
        if here > before + 1:
            return f"“{label}”之前缺少第 {_span(before + 1, here - 1)} 项"
        if here == before:
            return f"编号“{label}”重复"
        return f"编号“{label}”出现在第 {before} 项之后，请核对顺序" if here != 1 else ""


def _is_sentence(text: str) -> bool:
    return text[-1:] in "。；" and len(text) > 30


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} 至 {last}"


def _roman_value(line: Line) -> Value:
    return roman_number(line.text[0]) if line.text[1:2] in ".．、)）" else None


def _digit_cut(text: str) -> int:
    """Where the label of an item ends whose text goes on with a number: 2.16个领域."""
    return next(index for index, character in enumerate(text) if character in ".．") + 1
