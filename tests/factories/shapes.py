"""Short views of parsed documents, to compare with what is expected."""

from __future__ import annotations

from publishing.clauses.document import Block, Document
from publishing.clauses.parser import parse_text


def tree(text: str) -> list[str]:
    """One line a block, two spaces a depth: kind label|heading|text."""
    return [line for part in parse_text(text).parts for line in _lines(part.blocks, 0)]


def _lines(blocks: list[Block], depth: int) -> list[str]:
    found = []
    for block in blocks:
        words = f"{block.label}|{block.heading}|{block.text}"
        found.append(f"{'  ' * depth}{block.kind} {words}")
        found += _lines(block.children, depth + 1)
    return found


def labels(text: str, kind: str | None = None) -> list[str]:
    """The labels of all marked blocks, in reading order."""
    return [
        block.label
        for block in parse_text(text).walk()
        if block.label and (kind is None or block.kind == kind)
    ]


def messages(text: str) -> list[tuple[int, str]]:
    return [(warning.line, warning.message) for warning in parse_text(text).warnings]


def spoken_to(text: str) -> list[str]:
    """What people can speak to: the label, or the beginning of the text where there is none."""
    return [
        block.label or block.text[:4] or block.kind
        for block in parse_text(text).walk()
        if block.commentable
    ]


def first_table(document: Document) -> Block:
    return next(block for block in document.walk() if block.kind == "table")


def squeezed(shown: object) -> object:
    """JSON with all white space taken out of its texts."""
    if isinstance(shown, str):
        return "".join(shown.split())
    if isinstance(shown, list):
        return [squeezed(piece) for piece in shown]
    if isinstance(shown, dict):
        return {key: squeezed(piece) for key, piece in shown.items()}
    return shown
