"""Where a document is signed and dated, and where its table of contents lies.

Both are found before the blocks are built, from the few lines that can be a date or the word
目录, so that the walk over all lines only has to look them up.
"""

from __future__ import annotations

import re
from collections import Counter

from publishing.clauses.parser.dates import DATE
from publishing.clauses.parser.lines import Line
from publishing.clauses.parser.wording import (
    LONGEST_TITLE_LINE,
    is_signer,
    is_title_line,
    may_sign,
    squeeze,
)

Roles = dict[int, str]
"""What lines are, by their index: signature, date, signed (both on one line), contents."""

_MOST_SIGNERS = 30
_FEWEST_ENTRIES = 3
_LEADERS = re.compile(r"(?:[.·…．]{2,}|\s{2,}|\t)\s*[-—]?\s*\d{1,4}\s*[-—]?$")
_SIGNED = re.compile(rf"(.{{2,40}}?)({DATE})")
_MARKED = frozenset(
    ("book", "subbook", "chapter", "section", "first", "second", "digit", "decimal")
)


def find_roles(lines: list[Line]) -> Roles:
    roles: Roles = {}
    for index, line in enumerate(lines):
        if line.family == "date":
            _sign(lines, index, roles)
        elif line.family or line.tabbed or not line.text:
            continue
        elif line.text[0] == "目":
            if _heads_contents(line):
                _contents(lines, index, roles)
        elif line.text[-1] == "日" and len(line.text) <= 80:
            match = _SIGNED.fullmatch(squeeze(line.text))
            if match and is_signer(match.group(1)):
                roles[index] = "signed"
    _unheaded_contents(lines, roles)
    return roles


def contents_end(lines: list[Line], start: int, roles: Roles) -> int:
    """The index after the table of contents that begins at `start`."""
    end = start + 1
    while roles.get(end) == "contents" and not _heads_contents(lines[end]):
        end += 1
    return end


def _heads_contents(line: Line) -> bool:
    return len(line.text) <= 12 and squeeze(line.text) in ("目录", "目次")


def split_signed(text: str) -> tuple[str, str]:
    """The signature and the date of a line that holds both."""
    squeezed = squeeze(text)
    match = _SIGNED.fullmatch(squeezed)
    signature = len(match.group(1)) if match else 0
    for index, character in enumerate(text):
        if signature == 0:
            return text[:index].rstrip(), text[index:].lstrip()
        signature -= not character.isspace()
    return text, ""


def _sign(lines: list[Line], date: int, roles: Roles) -> None:
    """Mark the lines above a date that sign, and the date if it closes something."""
    index = date - 1
    while index >= 0 and date - index <= _MOST_SIGNERS and _plain(lines[index]):
        if not is_signer(squeeze(lines[index].text)):
            break
        index -= 1
    if index == date - 1 and index > 0 and _plain(lines[index]):
        above = lines[index - 1].text[-1:]
        if may_sign(squeeze(lines[index].text)) and above in "。！）)；":
            index -= 1
    first = index + 1
    if first < date or (index >= 0 and lines[index].text[-1:] in "。！"):
        roles[date] = "date"
        for index in range(first, date):
            roles[index] = "signature"


def _plain(line: Line) -> bool:
    return not line.family and not line.tabbed


def _entry(text: str) -> str:
    return squeeze(_LEADERS.sub("", text))


def _contents(lines: list[Line], start: int, roles: Roles) -> None:
    """Mark a table of contents; it ends where its first entry comes a second time."""
    first = first_marked = ""
    end = start + 1
    while end < len(lines) and _is_entry(lines[end]):
        entry = _entry(lines[end].text)
        if entry in (first, first_marked) and entry:
            break
        first = first or entry
        if not first_marked and lines[end].family in _MARKED:
            first_marked = entry
        end += 1
    else:
        # Nothing comes again: only what carries page numbers is sure to be an entry.
        end = start + 1
        while end < len(lines) and not lines[end].tabbed and _LEADERS.search(lines[end].text):
            end += 1
    for index in range(start, end):
        roles[index] = "contents"


def _unheaded_contents(lines: list[Line], roles: Roles) -> None:
    """Mark headings in a row that nearly all come again: contents without the word 目录."""
    entries = {
        index: squeeze(line.text)
        for index, line in enumerate(lines)
        if line.family in _MARKED and len(line.text) <= LONGEST_TITLE_LINE and index not in roles
    }
    times = Counter(entries.values())
    run: list[int] = []
    for index, entry in entries.items():
        if run and (index != run[-1] + 1 or entry == entries[run[0]]):
            _mark_repeated(run, entries, times, roles)
            run = []
        run.append(index)
    _mark_repeated(run, entries, times, roles)


def _mark_repeated(
    run: list[int], entries: dict[int, str], times: Counter[str], roles: Roles
) -> None:
    again = sum(times[entries[index]] > 1 for index in run)
    if len(run) >= _FEWEST_ENTRIES and again >= len(run) * 0.8 and times[entries[run[0]]] > 1:
        for index in run:
            roles[index] = "contents"
            times[entries[index]] -= 1


def _is_entry(line: Line) -> bool:
    if line.tabbed or line.family in ("article", "date", "reference", "imprint"):
        return False
    squeezed = _entry(line.text)
    return not squeezed or (is_title_line(squeezed) and squeezed not in ("目录", "目次"))
