"""The place of a page's text that shows why it was found, with the words marked."""

import re
from typing import NamedTuple

from publishing.search.words import words

WIDTH = 90
"""Characters of running text that an excerpt shows."""


class Segment(NamedTuple):
    """A piece of text, and whether it is what was looked for."""

    text: str
    found: bool


def mark(text: str, query: str) -> list[Segment]:
    """The whole text in segments; joined they are the text."""
    pattern = _pattern(query)
    if pattern is None:
        return [Segment(text, False)]
    segments, at = [], 0
    for hit in pattern.finditer(text):
        segments += [Segment(text[at : hit.start()], False), Segment(hit.group(), True)]
        at = hit.end()
    segments.append(Segment(text[at:], False))
    return [segment for segment in segments if segment.text]


def excerpt(text: str, query: str, width: int = WIDTH) -> list[Segment]:
    """About `width` characters around the first place found, or the beginning; … where cut."""
    flat = " ".join(text.split())
    pattern = _pattern(query)
    hit = pattern.search(flat) if pattern else None
    start = max(0, hit.start() - width // 4) if hit else 0
    end = min(len(flat), max(start + width, hit.end() if hit else 0))
    piece = f"{'…' if start else ''}{flat[start:end]}{'…' if end < len(flat) else ''}"
    return mark(piece, query)


def _pattern(query: str) -> re.Pattern[str] | None:
    """Finds the words as people wrote them: other brackets, case or spacing make no difference."""
    found = words(query)
    if not found:
        return None
    alternatives = [
        r"[\W_]{0,3}".join(r"\s?".join(map(re.escape, unit)) for unit in word.units)
        for word in sorted(found, key=lambda word: -sum(map(len, word.units)))
    ]
    return re.compile("|".join(alternatives), re.IGNORECASE)
