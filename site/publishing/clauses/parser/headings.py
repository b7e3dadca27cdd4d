"""Which words after a marker are a heading, and which blocks people can speak to.

The decisions and their reasons are in docs/decisions/clauses.md.
"""

from __future__ import annotations

import re

from publishing.clauses.document import Block, Kind
from publishing.clauses.parser.outline import MarkedList

_LONGEST_RUN_IN = 48
_LONGEST_ALONE = 60
_KINDS: dict[str, Kind] = {
    "book": "chapter",
    "subbook": "chapter",
    "chapter": "chapter",
    "section": "section",
    "article": "article",
}
_SMALL = frozenset(("half", "bracketed", "circled", "letter", "bracketletter", "roman", "bullet"))
_LISTING = frozenset(("digit", *_SMALL))
_ARTICLE_HEADING = re.compile(
    r"(?:【[^【】]{1,40}】|\[[^\[\]]{1,40}\]|[（(][^（）()；;。]{1,30}[）)])(?=\s|$|[^，。；、：])"
)
_COUNTS = frozenset("一二三四五六七八九十百")
_PROSE_ENDS = "。；！？：…）)”"  # a word or a number alone is a piece of a broken table
_ANNOUNCES = re.compile(r"下列|如下|以下")
_ONLY_BRACKET = re.compile(r"[（(【].*[）)】][。；]?$")


def split_headings(lists: list[MarkedList]) -> None:
    """Give every marker its kind, and its heading where its list has headings."""
    for marked in lists:
        kind = _KINDS.get(marked.family)
        if kind is None:
            _split_list(marked)
            continue
        for block in marked.members:
            block.kind = kind
            if kind == "article":
                _split_article(block)


def _split_article(block: Block) -> None:
    match = _ARTICLE_HEADING.match(block.text)
    if match and (match.group()[0] in "【[" or _stands_apart(block, match.end())):
        block.heading = match.group()
        block.text = block.text[match.end() :].lstrip()


def _stands_apart(block: Block, end: int) -> bool:
    """（目的和依据）: brackets are the heading where white space or nothing comes after."""
    rest = block.text[end:]
    return rest[:1].isspace() or (not rest and bool(block.children))


def _split_list(marked: MarkedList) -> None:
    """Headings, if at least half of the members look as if they had one."""
    with_heading = [_heading_end(block, marked.family) for block in marked.members]
    styled = sum(map(bool, with_heading)) * 2 >= len(with_heading)
    for block, end in zip(marked.members, with_heading, strict=True):
        alone = end == len(block.text)
        plain = alone and block.text[-1:] != "。" and marked.family not in _LISTING
        if end and (styled or plain):
            block.heading, block.text = block.text[:end], block.text[end:].lstrip()
            block.kind = "heading"


def _heading_end(block: Block, family: str) -> int:
    """Where the heading at the beginning of the text would end; 0 where there is none."""
    text = block.text
    stop = text.find("。")
    if 0 < stop < min(len(text) - 1, _LONGEST_RUN_IN):
        rest = text[stop + 1 :].lstrip()
        if _ONLY_BRACKET.fullmatch(rest) or "；" in text[:stop] or "：" in text[:stop]:
            return 0
        return stop + 1
    if len(text) > _LONGEST_ALONE or text[-1:] in ("；", "：", ";", ":", "，", ",", "！", "？", ""):
        return 0
    if text[-1] == "。":
        alone = bool(block.children) and "，" not in text and len(text) <= _LONGEST_RUN_IN
        alone = alone and family not in _SMALL and _ANNOUNCES.search(text) is None
        return len(text) if alone else 0
    if stop >= 0 or (family in _LISTING and not block.children):
        return 0
    return len(text)


def mark_commentable(blocks: list[Block], owner: str = "") -> None:
    """Say which blocks are units that people can speak to.

    `owner` says what the blocks stand below: "" nothing that carries text, "heading" a
    heading alone, "unit" a unit, "closed" a unit that takes all that is below it.
    """
    opener = False  # a paragraph that is a unit opens the list that comes: …如下：
    fragments = _are_fragments(blocks)
    for block in blocks:
        match block.kind:
            case "table":
                block.commentable = True
            case "article":
                block.commentable = True
                mark_commentable(block.children, "closed")
            case "chapter" | "section":
                mark_commentable(block.children, "heading")
            case "attachment":
                mark_commentable(block.children)
            case "paragraph":
                block.commentable = owner == "heading" and block.text[-1] in _PROSE_ENDS
                opener = block.commentable and _announces(block.text)
            case "heading" | "item":
                taken = opener and (fragments or _is_small(block.label))
                _mark_marked(block, "closed" if taken else owner)


def _mark_marked(block: Block, owner: str) -> None:
    if owner == "closed":
        mark_commentable(block.children, "closed")
    elif not block.text:
        mark_commentable(block.children, owner or "heading")
    elif owner == "unit" and _is_small(block.label):
        mark_commentable(block.children, "unit")
    else:
        block.commentable = True
        closed = _announces(block.text) and _are_fragments(block.children)
        mark_commentable(block.children, "closed" if closed else "unit")


def _is_small(label: str) -> bool:
    """（1）, 1), ①, a., •: below the markers that people speak to where one above has text."""
    bare = label.strip("（）()﹙﹚ \u3000")
    if bare != label and bare.isascii():
        return True
    return not any(character.isdecimal() or character in _COUNTS for character in label)


def _announces(text: str) -> bool:
    """Whether a text opens the list below it: …有下列情形之一的：."""
    last = text.rstrip("。").rpartition("。")[2]
    return text[-1] in "：:" or _ANNOUNCES.search(last) is not None


def _are_fragments(blocks: list[Block]) -> bool:
    """Whether list members are pieces of one sentence: the first ones end with a semicolon."""
    return any(block.label and block.text[-1:] in ("；", ";") for block in blocks)
