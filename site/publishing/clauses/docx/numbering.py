"""The labels that Word computes for its lists (ECMA-376 Part 1, 17.9).

A paragraph names a list (w:num) and a level. Lists that share a definition
(w:abstractNum) count on together, unless a list says that it starts anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from publishing.clauses.docx.formats import format_number
from publishing.clauses.docx.styles import Styles
from publishing.clauses.docx.xml import Element, W, is_on, number_of, to_number, value_of

# Word's own dialog takes no more; a longer one, on every paragraph, would never end.
_LONGEST_TEXT = 255
_PLACE = re.compile(r"%([1-9])")
_BULLETS = {  # what common bullets are in the fonts Symbol and Wingdings
    "\uf0b7": "•",
    "\uf06c": "●",
    "\uf06e": "■",
    "\uf075": "◆",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0a7": "▪",
    "\uf0b2": "◇",
    "o": "◦",
}


@dataclass(slots=True, frozen=True)
class Level:
    """One level of a list: where it starts, how its number is written and put into words."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    paragraph_style: str | None = None


@dataclass(slots=True)
class NumberedList:
    """A w:num: the definition it uses, its own levels, and where it starts anew."""

    abstract: int
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of all lists, in the order in which they come."""

    styles: Styles
    abstracts: dict[int, dict[int, Level]] = field(default_factory=dict)
    lists: dict[int, NumberedList] = field(default_factory=dict)
    counts: dict[int, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[int, int]] = field(default_factory=set)

    def label(self, properties: Element | None) -> str:
        """The label of the next paragraph, "" where it is in no list or shows none."""
        num_id, depth = self._place(properties)
        listed = self.lists.get(num_id) if num_id else None
        if num_id is None or listed is None:
            return ""
        levels = {**self.abstracts.get(listed.abstract, {}), **listed.levels}
        level = levels.get(depth)
        if level is None:
            return ""
        self._count(num_id, listed, levels, depth)
        return self._written(levels, self.counts[listed.abstract], depth)

    def _place(self, properties: Element | None) -> tuple[int | None, int]:
        """The list and level of a paragraph: its own words first, then its style's."""
        own = properties.find(W + "numPr") if properties is not None else None
        style_id = value_of(properties, "pStyle")
        num_id, depth = number_of(own, "numId"), number_of(own, "ilvl")
        from_style, style_depth = self.styles.numbering(style_id)
        if num_id is None:
            num_id = from_style
            if depth is None:
                depth = self._depth_of_style(num_id, style_id)
        depth = style_depth if depth is None else depth
        return num_id, min(max(depth or 0, 0), 8)

    def _depth_of_style(self, num_id: int | None, style_id: str | None) -> int | None:
        """The level that a list reserves for a style of paragraphs."""
        listed = self.lists.get(num_id) if num_id else None
        if listed is None or style_id is None:
            return None
        for depth, level in self.abstracts.get(listed.abstract, {}).items():
            if level.paragraph_style == style_id:
                return depth
        return None

    def _count(
        self, num_id: int, listed: NumberedList, levels: dict[int, Level], depth: int
    ) -> None:
        counts = self.counts.setdefault(listed.abstract, {})
        if depth in listed.starts and (num_id, depth) not in self.begun:
            counts[depth] = listed.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = levels[depth].start
        self.begun.add((num_id, depth))
        for deeper in [other for other in counts if other > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            # w:lvlRestart: 0 counts on for ever, n starts anew below level n (from 1) only.
            if restart is None or (restart and depth < restart):
                del counts[deeper]

    def _written(self, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        level = levels[depth]
        if level.hidden or (level.style == "none" and "%" not in level.text):
            return "" if level.hidden else level.text.strip()
        if level.style == "bullet":
            sign = level.text.strip()
            return _BULLETS.get(sign, "•" if "\ue000" <= sign <= "\uf8ff" else sign)

        def number(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            shown = levels.get(place, Level())
            style = "decimal" if level.legal else shown.style
            return format_number(counts.get(place, shown.start), style)

        return _PLACE.sub(number, level.text).strip()


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    numbering = Numbering(styles)
    if root is None:
        return numbering
    links: dict[int, str] = {}
    for element in root.iterfind(W + "abstractNum"):
        abstract = to_number(element.get(W + "abstractNumId"))
        if abstract is None:
            continue
        numbering.abstracts[abstract] = _levels(element)
        link = value_of(element, "numStyleLink")
        if link is not None:
            links[abstract] = link
    for element in root.iterfind(W + "num"):
        num_id = to_number(element.get(W + "numId"))
        abstract = number_of(element, "abstractNumId")
        if num_id is not None and abstract is not None:
            numbering.lists[num_id] = _list(element, abstract, numbering.abstracts.get(abstract))
    for abstract, link in links.items():
        linked = numbering.lists.get(styles.numbering(link)[0] or 0)
        if linked is not None and not numbering.abstracts[abstract]:
            numbering.abstracts[abstract] = numbering.abstracts.get(linked.abstract, {})
    return numbering


def _levels(element: Element) -> dict[int, Level]:
    levels = {}
    for child in element.iterfind(W + "lvl"):
        depth = to_number(child.get(W + "ilvl"))
        if depth is not None:
            levels[depth] = _level(child)
    return levels


def _level(element: Element) -> Level:
    start = number_of(element, "start")
    style = element.find(f".//{W}numFmt")
    return Level(
        start=max(start or 0, 0),
        style=style.get(W + "val", "decimal") if style is not None else "decimal",
        text=(value_of(element, "lvlText") or "")[:_LONGEST_TEXT],
        restart=number_of(element, "lvlRestart"),
        legal=bool(is_on(element, "isLgl")),
        hidden=bool(is_on(element.find(W + "rPr"), "vanish")),
        paragraph_style=value_of(element, "pStyle"),
    )


def _list(element: Element, abstract: int, levels: dict[int, Level] | None) -> NumberedList:
    listed = NumberedList(abstract)
    for override in element.iterfind(W + "lvlOverride"):
        depth = to_number(override.get(W + "ilvl"))
        if depth is None:
            continue
        own = override.find(W + "lvl")
        if own is not None:
            listed.levels[depth] = _level(own)
        start = number_of(override, "startOverride")
        if start is not None and start >= 0:
            listed.starts[depth] = start
            base = listed.levels.get(depth) or (levels or {}).get(depth)
            if base is not None:
                listed.levels[depth] = replace(base, start=start)
    return listed
