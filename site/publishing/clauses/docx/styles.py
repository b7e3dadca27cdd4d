"""What styles say about a paragraph: its list, and whether its text is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field

from publishing.clauses.docx.xml import Element, W, is_on, number_of, value_of

_DEEPEST = 20  # styles based on one another; a circle ends here


@dataclass(slots=True)
class Style:
    """One style, with what it takes from those it is based on."""

    base: str | None = None
    num_id: int | None = None
    level: int | None = None
    vanish: bool | None = None


@dataclass(slots=True)
class Styles:
    """The styles of a document by their id; `default` is that of plain paragraphs."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None

    def numbering(self, style_id: str | None) -> tuple[int | None, int | None]:
        """The list and level that a paragraph of this style is in, None where none is said."""
        num_id = level = None
        for style in self._chain(style_id or self.default):
            num_id = style.num_id if num_id is None else num_id
            level = style.level if level is None else level
        return num_id, level

    def hides(self, style_id: str | None) -> bool:
        for style in self._chain(style_id):
            if style.vanish is not None:
                return style.vanish
        return False

    def _chain(self, style_id: str | None) -> list[Style]:
        chain: list[Style] = []
        while style_id in self.by_id and len(chain) < _DEEPEST:
            chain.append(self.by_id[style_id])
            style_id = chain[-1].base
        return chain


def read_styles(root: Element | None) -> Styles:
    styles = Styles()
    if root is None:
        return styles
    for element in root.iterfind(W + "style"):
        style_id = element.get(W + "styleId")
        if style_id is None:
            continue
        listed = element.find(f"{W}pPr/{W}numPr")
        styles.by_id[style_id] = Style(
            base=value_of(element, "basedOn"),
            num_id=number_of(listed, "numId"),
            level=number_of(listed, "ilvl"),
            vanish=is_on(element.find(W + "rPr"), "vanish"),
        )
        is_default = element.get(W + "default") in ("1", "true", "on")
        if is_default and element.get(W + "type") == "paragraph":
            styles.default = style_id
    return styles
