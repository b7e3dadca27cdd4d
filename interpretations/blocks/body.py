from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from interpretations.blocks.comic import ComicBlock
from interpretations.blocks.infographic import InfographicBlock
from interpretations.blocks.moving import FilmBlock
from interpretations.blocks.plain import FileBlock, PlainTableBlock, QuoteBlock, WordsBlock
from interpretations.blocks.questions import QuestionsBlock
from interpretations.blocks.story import StoryBlock
from interpretations.enums import Form


class InterpretationStreamBlock(blocks.StreamBlock):
    """The body of an interpretation: its forms, and what stands between them."""

    comic = ComicBlock(group=_("解读形式"))
    questions = QuestionsBlock(group=_("解读形式"))
    story = StoryBlock(group=_("解读形式"))
    video = FilmBlock(group=_("解读形式"))
    infographic = InfographicBlock(group=_("解读形式"))
    words = WordsBlock(group=_("其他内容"))
    quote = QuoteBlock(group=_("其他内容"))
    table = PlainTableBlock(group=_("其他内容"))
    document = FileBlock(group=_("其他内容"))


def forms_in(raw: Iterable[dict[str, Any]]) -> list[Form]:
    """The forms of a body's raw data, each once, in the order of the list."""
    types = {block["type"] for block in raw}
    return [form for form in Form if form.value in types]


def lacking_in(body: Any) -> Iterator[str]:
    """What the blocks lack, each called by its kind and place: two comics are told apart."""
    for number, child in enumerate(body, 1):
        title = child.value.get("title") or ""
        name = f"第{number}块{child.block.label}" + (f"“{title}”" if title else "")
        yield from child.block.lacking(child.value, name)
