"""附件: the list of attachments at the end of a body, and the attachments themselves.

The list (附件说明: "附件：1.某某名单") stands between body and signature and stays a note; an
attachment proper begins with its marker on a line ("附件1"), then its title, and holds what
follows up to the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from publishing.clauses.document import Block
from publishing.clauses.parser.head import take_title
from publishing.clauses.parser.lines import Line
from publishing.clauses.parser.sequence import follows
from publishing.clauses.parser.signoff import Roles
from publishing.clauses.parser.wording import is_title_line, readable, squeeze

_LONGEST_LIST = 200


@dataclass(slots=True)
class AttachmentList:
    """A list of attachments: its block, the names it gives, and the index after it."""

    block: Block
    end: int
    names: set[str] = field(default_factory=set)


def read_list(lines: list[Line], start: int, roles: Roles, signed: bool) -> AttachmentList | None:
    """The list of attachments at `start`; None where an attachment itself begins."""
    first = lines[start]
    rest = first.text[first.cut :].strip()
    if first.value is not None and not rest:
        return None
    entries, end = [rest] if rest else [], start + 1
    number = _leading_number(rest) or (first.value if isinstance(first.value, int) else None)
    while end < len(lines) and end - start < _LONGEST_LIST and end not in roles:
        line = lines[end]
        if line.family == "attachment" and isinstance(first.value, int):
            if not follows(first.value + len(entries) - 1, line.value):
                break
            entries.append(line.text[line.cut :].strip())
        elif _is_entry(line, number, len(entries)):
            number = _leading_number(line.text) or number
            entries.append(line.text)
        else:
            break
        end += 1
    if not entries or not all(map(bool, entries)) or not _closes(lines, end, roles, signed, first):
        return None
    text = "\n".join(line.text for line in lines[start:end])
    label = first.text[: first.cut].rstrip() if first.value is None else ""
    block = Block("note", label, None, text=text[len(label) :].strip(), line=first.number)
    return AttachmentList(block, end, {_name(entry) for entry in entries})


def _is_entry(line: Line, number: int | None, count: int) -> bool:
    """Whether a line goes on with the list: the next number, or the first name of all."""
    if line.family in ("digit", "decimal", "first", "bracketed", "half"):
        value = line.value[0] if isinstance(line.value, tuple) else line.value
        begins = number is None and count == 0 and value == 1
        return (begins or follows(number, value)) and len(line.text) <= 100
    return not line.family and not line.tabbed and not count and is_title_line(squeeze(line.text))


def _closes(lines: list[Line], end: int, roles: Roles, signed: bool, first: Line) -> bool:
    """Whether what follows shows that a list has ended: a signature, an attachment, the end."""
    if end >= len(lines):
        return first.value is None and bool(first.text[first.cut :].strip()) and not signed
    following = lines[end]
    if following.family == "attachment":
        return True
    return not signed and roles.get(end) in ("signature", "date", "signed")


def _leading_number(text: str) -> int | None:
    digits = ""
    for character in text:
        if not character.isdecimal():
            break
        digits += character
    return int(digits) if digits and len(digits) <= 3 else None


def _name(entry: str) -> str:
    squeezed = squeeze(entry)
    number = _leading_number(squeezed)
    if number is not None:
        squeezed = squeezed.lstrip("0123456789０１２３４５６７８９").lstrip(".．、)）")
    return squeezed.strip("《》；。;.")


def open_attachment(
    lines: list[Line], start: int, names: set[str], roles: Roles
) -> tuple[Block, int]:
    """The block of an attachment with its title as heading, and the index after both."""
    line = lines[start]
    value = line.value if isinstance(line.value, int) else None
    block = Block("attachment", line.text[: line.cut].rstrip(), value, line=line.number)
    rest = line.text[line.cut :].strip()
    pieces, end = take_title(lines, start + 1, names, roles, begun=rest)
    block.heading = readable(pieces) if pieces else ""
    return block, end
