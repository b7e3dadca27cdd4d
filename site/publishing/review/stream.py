"""The texts and chosen files of a stream of blocks, in the raw form in which it is stored."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

_TEXTS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RichTextBlock,
    blocks.RawHTMLBlock,
    blocks.BlockQuoteBlock,
)
_MOST_LABEL = 24


class Leaf(NamedTuple):
    """A text or a chosen row: the steps that lead to it, words that say where it is."""

    path: tuple[str | int, ...]
    label: str
    block: Any
    value: Any


def leaves(block: Any, value: Any) -> Iterator[Leaf]:
    """The leaves of a block's raw value, in order."""
    yield from _walk(block, value, (), "")


def _walk(block: Any, value: Any, path: tuple[str | int, ...], label: str) -> Iterator[Leaf]:
    if block is None or value in (None, "", []):
        return
    if isinstance(block, _TEXTS) and isinstance(value, str):
        yield Leaf(path, label, block, value)
    elif isinstance(block, blocks.ChooserBlock):
        if hasattr(block.model_class, "file_hash"):
            yield Leaf(path, label, block, value)
    elif isinstance(block, TableBlock):
        yield from _cells(value, path, label)
    elif isinstance(block, TypedTableBlock):
        yield from _typed_cells(block, value, path, label)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _walk(child, value.get(name), (*path, name), label or _name(block, value))
    elif isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        yield from _children(block, value, path, label)


def _children(block: Any, value: Any, path: tuple[str | int, ...], label: str) -> Iterator[Leaf]:
    for number, item in enumerate(value):
        steps: tuple[str | int, ...] = (*path, number)
        said = item
        if isinstance(item, dict) and "value" in item and "type" in item:
            steps, said = (*steps, "value"), item["value"]
        is_list = isinstance(block, blocks.ListBlock)
        child = block.child_block if is_list else block.child_blocks.get(item.get("type"))
        if child is not None:
            below = label or (_name(child, said) if isinstance(said, dict) else str(child.label))
            yield from _walk(child, said, steps, below)


def _name(block: Any, value: Any) -> str:
    """How people know the block: its number or heading, else what kind it is."""
    said = value.get("label") or value.get("heading") or value.get("title") or ""
    return str(said)[:_MOST_LABEL] if isinstance(said, str) and said else str(block.label)


def _cells(value: Any, path: tuple[str | int, ...], label: str) -> Iterator[Leaf]:
    cell_block = blocks.TextBlock()
    for row, cells in enumerate(value.get("data") or ()):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell:
                steps = (*path, "data", row, column)
                yield Leaf(steps, f"{label}第{row + 1}行第{column + 1}列", cell_block, cell)


def _typed_cells(block: Any, value: Any, path: tuple[str | int, ...], label: str) -> Iterator[Leaf]:
    columns = value.get("columns") or []
    for row, cells in enumerate(value.get("rows") or ()):
        for column, cell in enumerate(cells.get("values") or ()):
            child = block.child_blocks.get(columns[column]["type"])
            steps = (*path, "rows", row, "values", column)
            yield from _walk(child, cell, steps, f"{label}第{row + 1}行第{column + 1}列")
