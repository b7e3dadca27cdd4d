"""The head of a part: reference, issuer, title, notes, recipients, up to the body."""

from __future__ import annotations

from dataclasses import dataclass, field

from publishing.clauses.document import Block, Kind
from publishing.clauses.parser.lines import Line
from publishing.clauses.parser.sequence import STRUCTURE
from publishing.clauses.parser.signoff import Roles, contents_end
from publishing.clauses.parser.wording import (
    ends_title,
    goes_on,
    is_bracketed_note,
    is_head_note,
    is_letterhead,
    is_office,
    is_recipient,
    is_title_line,
    is_title_suffix,
    opens_title,
    readable,
    squeeze,
)

_MOST_TITLE_LINES = 8
_MOST_NOTE_LINES = 12
_NUMBERED = frozenset(("digit", "decimal", "half", "bracketed", "letter", "roman", "stem"))
UNNUMBERED = frozenset(("附则", "序言", "序", "前言", "引言", "导言", "总则", "结语", "绪论"))


@dataclass(slots=True)
class Head:
    """What stands above the body, and the index of the body's first line."""

    blocks: list[Block] = field(default_factory=list)
    end: int = 0
    title: str = ""
    addressed: bool = False  # it has recipients


def read_head(lines: list[Line], start: int, names: set[str], roles: Roles) -> Head:
    """Read blocks from `start` until something is body."""
    head = Head(end=start)
    while head.end < len(lines):
        line = lines[head.end]
        if line.tabbed:
            break
        squeezed = squeeze(line.text)
        if not (
            _fixed(head, line, squeezed)
            or _note(head, lines, squeezed, roles)
            or _title(head, lines, squeezed, names, roles)
            or _after_title(head, lines, squeezed)
        ):
            break
    return head


def _take(head: Head, kind: Kind, line: Line, text: str | None = None) -> bool:
    block = Block(kind, text=line.text if text is None else text, line=line.number)
    head.blocks.append(block)
    head.end += 1
    return True


def _fixed(head: Head, line: Line, squeezed: str) -> bool:
    """What a line says by itself: a reference, a date below the title, the letterhead."""
    if line.family == "reference":
        return _take(head, "reference", line)
    if line.family == "date" and head.title:
        return _take(head, "date", line)
    if not head.title and is_letterhead(squeezed):
        return _take(head, "issuer", line)
    return False


def _note(head: Head, lines: list[Line], squeezed: str, roles: Roles) -> bool:
    line = lines[head.end]
    if roles.get(head.end) == "contents":
        end = contents_end(lines, head.end, roles)
        text = "\n".join(line.text for line in lines[head.end : end])
        _take(head, "note", line, text)
        head.end = end
        return True
    if is_head_note(squeezed) and not line.tabbed:
        return _take(head, "note", line)
    if squeezed[0] in "（(" and line.family in ("", "bracketed") and head.title:
        return _bracketed(head, lines)
    return False


def _bracketed(head: Head, lines: list[Line]) -> bool:
    """A note in brackets below the title, which may wrap over lines."""
    text = ""
    for end in range(head.end, min(head.end + _MOST_NOTE_LINES, len(lines))):
        if lines[end].tabbed:
            return False
        text = f"{text}\n{lines[end].text}" if text else lines[end].text
        squeezed = squeeze(text)
        if squeezed.count("（") + squeezed.count("(") <= squeezed.count("）") + squeezed.count(")"):
            if not (is_bracketed_note(squeezed[:1] + squeezed[-1:]) and len(squeezed) <= 800):
                return False
            first = lines[head.end]
            _take(head, "note", first, text)
            head.end = end + 1
            return True
    return False


def _title(head: Head, lines: list[Line], squeezed: str, names: set[str], roles: Roles) -> bool:
    if head.title:
        return False
    line = lines[head.end]
    following = squeeze(lines[head.end + 1].text) if head.end + 1 < len(lines) else ""
    if is_office(squeezed) and head.blocks and opens_title(following):
        return _take(head, "issuer", line)
    pieces, end = take_title(lines, head.end, names, roles)
    if not pieces and _must_be_title(line, squeezed, following):
        pieces, end = [line.text], head.end + 1
    if not pieces:
        return False
    head.title = readable(pieces)
    _take(head, "title", line, "".join(pieces))
    head.end = end
    return True


def _must_be_title(line: Line, squeezed: str, following: str) -> bool:
    """A long first line that is no sentence, above what only stands below a title."""
    if line.family or len(squeezed) > 160 or squeezed[-1] in "。；：:;" or "。" in squeezed:
        return False
    return is_head_note(following) or is_recipient(following) or ends_title(squeezed)


def _after_title(head: Head, lines: list[Line], squeezed: str) -> bool:
    line = lines[head.end]
    if line.family:
        return False
    if is_recipient(squeezed):
        head.addressed = True
        return _take(head, "recipient", line)
    if head.title and is_office(squeezed) and len(squeezed) <= 24 and not head.addressed:
        return _take(head, "issuer", line)
    return False


def take_title(
    lines: list[Line], start: int, names: set[str], roles: Roles, begun: str = ""
) -> tuple[list[str], int]:
    """The lines of a title that begins at `start`, and the index after it.

    A title is over when it equals a name that was announced, or when it ends with the name of
    a kind of document; otherwise with the line before one that is no piece of a title.
    `begun` is what the title began with on the line of its marker.
    """
    pieces = [begun] if begun else []
    if begun and (squeeze(begun) in names or ends_title(squeeze(begun))):
        return pieces, start
    end = start
    while end < len(lines) and len(pieces) < _MOST_TITLE_LINES:
        line, squeezed = lines[end], squeeze(lines[end].text)
        if not _is_piece(line, squeezed, end, roles, bool(pieces)):
            break
        joined = squeeze("".join(pieces))
        if pieces and _is_complete(joined, names) and not goes_on(squeezed):
            if is_title_suffix(squeezed):
                pieces.append(line.text)
                end += 1
            break
        pieces.append(line.text)
        end += 1
    return pieces, end


def _is_complete(joined: str, names: set[str]) -> bool:
    if joined in names:
        return True
    return ends_title(joined) and not any(name.startswith(joined) for name in names)


def _is_piece(line: Line, squeezed: str, index: int, roles: Roles, begun: bool) -> bool:
    if line.tabbed or index in roles or squeezed in UNNUMBERED or not is_title_line(squeezed):
        return False
    if line.family in STRUCTURE or line.family not in ("", *_NUMBERED):
        return False
    # "12 个村的规划" may be a title; "1　总则" is the first heading.
    if line.family in _NUMBERED and (not line.weak or line.value == 1 or line.family == "decimal"):
        return False
    if squeezed[0] in "（(" and (not begun or not is_title_suffix(squeezed)):
        return False
    return not is_head_note(squeezed) and not is_recipient(squeezed)
