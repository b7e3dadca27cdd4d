"""A document as an indented outline, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from publishing.clauses.document import Block, Document

_LONGEST = 40
_NAMES = {
    "reference": "发文字号",
    "issuer": "发文机关",
    "title": "标题",
    "recipient": "主送",
    "signature": "署名",
    "date": "日期",
    "attachment": "附件",
    "note": "注",
    "table": "表格",
}


def outline_text(document: Document) -> str:
    """The parts, their blocks, and the warnings; "*" marks what people can speak to."""
    lines = [f"标题：{document.title or '（无）'}"]
    lines += [
        f"{name}：{value or '（无）'}"
        for name, value in (
            ("发文字号", document.reference),
            ("发文机关", document.issuer),
            ("成文日期", document.date),
        )
    ]
    for number, part in enumerate(document.parts, start=1):
        lines.append(f"第 {number} 部分：{part.title or '（无标题）'}")
        lines += (line for block in part.blocks for line in _block(block, 1))
    if document.warnings:
        lines.append("请核对：")
        lines += (f"  第 {warning.line} 行：{warning.message}" for warning in document.warnings)
    return "\n".join(lines)


def _block(block: Block, depth: int) -> Iterator[str]:
    mark = "*" if block.commentable else " "
    name = _NAMES.get(block.kind)
    words = [
        f"[{name}]" if name else "",
        block.label,
        _short(block.heading),
        _short(block.text),
        _size(block),
    ]
    yield "  " * depth + mark + " ".join(filter(None, words))
    for child in block.children:
        yield from _block(child, depth + 1)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…（共 {len(line)} 字）"


def _size(block: Block) -> str:
    if not block.rows:
        return ""
    headers = sum(row.header for row in block.rows)
    columns = max(len(row.cells) for row in block.rows)
    return f"{len(block.rows)} 行（其中表头 {headers} 行），{columns} 列"
