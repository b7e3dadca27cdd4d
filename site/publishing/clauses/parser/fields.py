"""Title, reference, issuer and date of a document, from the blocks of its first part."""

from __future__ import annotations

import re

from publishing.clauses.document import Block, Document
from publishing.clauses.parser.dates import DATE, is_date, iso_date
from publishing.clauses.parser.wording import is_office, readable, squeeze

_BEFORE_SUBJECT = re.compile(r"(.{2,40}?)(?:关于|印发|转发|批转|对)")
_ORDER = re.compile(
    r"(?:日|，|,|、|[（(]|^)([\u4e00-\u9fff]{2,30}?)(?:令|公告)"
    r"(?:[（(]?第[0-9〇一二三四五六七八九十百]+号[）)]?)"
)
_ENACTED = re.compile(r"通过|公布|发布|修订|修正|修改|批准|颁布")


def fill_fields(document: Document) -> None:
    part = document.parts[0]
    if not part.title:
        references = [block.text for block in part.blocks if block.kind == "reference"]
        part.title = readable(references[:1])
    document.title = part.title
    document.reference = _reference(part.blocks, part.title)
    document.issuer = _issuer(part.blocks, part.title)
    document.date = _date(part.blocks)


def _first(blocks: list[Block], kind: str) -> Block | None:
    return next((block for block in blocks if block.kind == kind), None)


def _reference(blocks: list[Block], title: str) -> str | None:
    block = _first(blocks, "reference")
    if block is not None:
        written = re.split(r"签发人[:：]", squeeze(block.text))[0]
        whole = written.startswith("第") and squeeze(title).endswith(("令", "公告"))
        return squeeze(title) + written if whole else written
    order = _last_order(blocks)
    return order.group().lstrip("日，,、（(") if order else None


def _issuer(blocks: list[Block], title: str) -> str | None:
    block = _first(blocks, "issuer")
    if block is not None:
        return squeeze(block.text).removesuffix("文件")
    offices = [
        office for block in blocks if block.kind == "signature" for office in _offices(block.text)
    ]
    if offices:
        return "、".join(offices)
    if title.endswith("令"):
        return _short(title.removesuffix("令"))
    written = _first(blocks, "title")
    match = _BEFORE_SUBJECT.match(written.text if written else "")
    if match and _offices(match.group(1)):
        return "、".join(_offices(match.group(1)))
    order = _last_order(blocks)
    return _short(order.group(1)) if order else None


def _offices(signature: str) -> list[str]:
    """The offices of a line: 国务院办公厅　中央军委办公厅 are two, 国 务 院 is one."""
    apart = signature.split()
    if len(apart) > 1 and all(len(word) > 2 and is_office(word) for word in apart):
        return apart
    whole = squeeze(signature)
    return [whole] if is_office(whole) else []


def _short(office: str) -> str:
    return office.removeprefix("中华人民共和国") or office


def _date(blocks: list[Block]) -> str | None:
    block = _first(blocks, "date")
    if block is not None:
        return iso_date(block.text)
    notes = [squeeze(block.text) for block in blocks if block.kind == "note"]
    dates = [date for note in notes for date in _enactments(note)]
    return iso_date(dates[-1]) if dates else None


def _enactments(note: str) -> list[str]:
    """The days on which the text was passed, promulgated, revised; not since when it is in force.

    A day alone in brackets below a title is that of the document.
    """
    if is_date(note.strip("（）()")):
        return [note]
    found = list(re.finditer(DATE, note))
    ends = [*(match.start() for match in found[1:]), len(note)]
    return [
        match.group()
        for match, end in zip(found, ends, strict=False)  # no date: nothing but the end
        if _ENACTED.search(note, match.end(), end)
    ]


def _last_order(blocks: list[Block]) -> re.Match[str] | None:
    """The order that a statute's note names: 中华人民共和国国务院令第713号."""
    found = None
    for block in blocks:
        if block.kind == "note":
            for match in _ORDER.finditer(squeeze(block.text)):
                found = match
    return found
