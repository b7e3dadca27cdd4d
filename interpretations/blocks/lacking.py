"""What every block of an interpretation can say: what it lacks, in Chinese."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from wagtail.images import get_image_model

from publishing.clauses.blocks import StoredFormBlock
from publishing.text import clean_text, rich_text_words

# What cameras, phones and programs call files; no description of a picture.
_FILE_NAME = re.compile(
    r"(img|dsc|image|pic|photo|screenshot|mmexport|wx|微信图片|图片|照片|截图|未命名|untitled)"
    r"[\W_\d]*|[\W_\d]+|.*\.(jpe?g|png|webp|gif|bmp|heic|avif)",
    re.IGNORECASE,
)


class AskedBlock(StoredFormBlock):
    """A block that is asked by the page's gate. All its fields may stay empty in a draft."""

    def lacking(self, value: Any, name: str) -> Iterator[str]:
        """One sentence for each thing that is missing; ``name``: what the block is called."""
        yield from ()


def newest_picture() -> Any:
    """For the previews of blocks; None where nothing was uploaded yet."""
    return get_image_model().objects.order_by("pk").last()


def is_empty(text: Any) -> bool:
    """Whether nobody could read anything: white space and empty markup count as nothing."""
    return not "".join(rich_text_words(str(text or ""))).strip()


def wrong_alt(image: Any, alt: str) -> str:
    """What is wrong with the text that stands for a picture; "" where it is fine."""
    words = clean_text(alt or "").strip()
    if not words:
        return "缺少替代文字：写一句看不见图的人也能明白的话。"
    stem = PurePath(str(getattr(image, "filename", ""))).stem.casefold()
    if _FILE_NAME.fullmatch(words) or words.casefold() == stem:
        return "的替代文字是文件名：请写图上画了什么。"
    return ""


def wrong_picture(value: Any, name: str) -> Iterator[str]:
    """What is wrong with ``image`` and ``alt`` of a block."""
    if not value.get("image"):
        yield f"{name}缺少图片。"
        return
    wrong = wrong_alt(value["image"], value.get("alt"))
    if wrong:
        yield f"{name}{wrong}"
