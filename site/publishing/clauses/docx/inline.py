"""The text of one paragraph: what a reader sees when all changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from publishing.clauses.docx.styles import Styles
from publishing.clauses.docx.xml import MATH, MC, VML, Element, W, is_on, value_of

_DROPPED = frozenset(  # deleted, moved away, or never shown
    W + name
    for name in (
        "del",
        "moveFrom",
        "pPr",
        "rPr",
        "delText",
        "instrText",
        "delInstrText",
        "sdtPr",
        "sdtEndPr",
        "commentReference",
        "annotationRef",
        "footnoteRef",
        "endnoteRef",
        "softHyphen",
        "proofErr",
        "ffData",
        "smartTagPr",
        "customXmlPr",
    )
)
_BREAKS = frozenset((W + "br", W + "cr"))
_TABS = frozenset((W + "tab", W + "ptab"))
_SYMBOLS = {  # characters of the fonts Wingdings and Symbol that documents use
    0xF0FE: "☑",
    0xF0FD: "☒",
    0xF0A8: "□",
    0xF06F: "□",
    0xF0A3: "□",
    0xF052: "☑",
    0xF0FC: "✓",
    0xF0FB: "✗",
    0xF06C: "●",
    0xF06E: "■",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0B0: "°",
    0xF0B1: "±",
    0xF0B4: "×",
}


@dataclass(slots=True)
class Notes:
    """Foot- and endnotes in the order in which they are referred to."""

    footnotes: dict[str, Element] = field(default_factory=dict)
    endnotes: dict[str, Element] = field(default_factory=dict)
    footnote_count: int = 0
    endnote_count: int = 0


@dataclass(slots=True)
class Inline:
    """Gathers the text of paragraphs; `asides` and `noted` are emptied by whoever prints them.

    `fields` runs on from paragraph to paragraph, as a table of contents does: for each field
    that is open, whether its instruction (which is not shown) is still being read.
    """

    styles: Styles
    notes: Notes
    fields: list[bool] = field(default_factory=list)
    asides: list[Element] = field(default_factory=list)  # contents of text boxes
    words: list[str] = field(default_factory=list)  # words drawn as pictures (WordArt)
    noted: list[tuple[str, Element]] = field(default_factory=list)

    def text(self, paragraph: Element) -> str:
        hidden = self.styles.hides(value_of(paragraph.find(W + "pPr"), "pStyle"))
        text = "".join(self._children(paragraph, hidden))
        # An instruction ends with its paragraph: a field left open must not hide the rest.
        self.fields = [False for _ in self.fields]
        return text

    def _children(self, parent: Element, hidden: bool) -> Iterator[str]:
        for child in parent:
            tag = child.tag
            if tag in _DROPPED:
                continue
            if tag == W + "r":
                yield from self._run(child, hidden)
            elif tag == MC + "AlternateContent":
                yield from self._alternate(child, hidden)
            elif tag == W + "fldSimple":
                yield from self._children(child, hidden)
            elif tag == MATH + "oMath" or tag == MATH + "oMathPara":
                yield "".join(text.text or "" for text in child.iter(MATH + "t"))
            elif tag in (W + "p", W + "tbl"):
                continue
            else:
                yield from self._children(child, hidden)

    def _run(self, run: Element, hidden: bool) -> Iterator[str]:
        properties = run.find(W + "rPr")
        own = is_on(properties, "vanish")
        if own is None and properties is not None:
            style = value_of(properties, "rStyle")
            own = self.styles.hides(style) if style else None
        hidden = hidden if own is None else own
        for child in run:
            yield from self._piece(child, hidden)

    def _piece(self, child: Element, hidden: bool) -> Iterator[str]:
        tag = child.tag
        if tag == W + "fldChar":
            self._field(child.get(W + "fldCharType"))
        elif tag in _DROPPED or hidden or any(self.fields):
            return
        elif tag == W + "t":
            yield child.text or ""
        elif tag in _TABS:
            yield "\t"
        elif tag in _BREAKS:
            yield "\n"
        elif tag == W + "noBreakHyphen":
            yield "-"
        elif tag == W + "sym":
            yield _symbol(child)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            yield self._note(child)
        elif tag == W + "ruby":
            yield from self._ruby(child)
        elif tag == MC + "AlternateContent":
            yield from self._alternate(child, hidden)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            self._box(child)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _alternate(self, element: Element, hidden: bool) -> Iterator[str]:
        """The first choice that holds anything; the others say the same for older programs."""
        for branch in element:
            before = len(self.asides) + len(self.words)
            pieces = list(self._branch(branch, hidden))
            if "".join(pieces).strip() or len(self.asides) + len(self.words) > before:
                yield from pieces
                return

    def _branch(self, branch: Element, hidden: bool) -> Iterator[str]:
        for child in branch:
            if child.tag == W + "r":
                yield from self._run(child, hidden)
            else:
                yield from self._piece(child, hidden)

    def _box(self, drawing: Element) -> None:
        """Remember text boxes and WordArt; a box within a box is found when it is printed."""
        if drawing.tag == W + "txbxContent":
            self.asides.append(drawing)
            return
        if drawing.tag == VML + "textpath" and drawing.get("string"):
            self.words.append(drawing.get("string"))
        if drawing.tag == MC + "AlternateContent":
            for branch in drawing:
                before = len(self.asides) + len(self.words)
                self._boxes(branch)
                if len(self.asides) + len(self.words) > before:
                    return
            return
        self._boxes(drawing)

    def _boxes(self, element: Element) -> None:
        for child in element:
            self._box(child)

    def _note(self, reference: Element) -> str:
        """The mark of a note, 〔注1〕, and the note itself to be printed after the paragraph."""
        end = reference.tag == W + "endnoteReference"
        note = (self.notes.endnotes if end else self.notes.footnotes).get(
            reference.get(W + "id", "")
        )
        if note is None:
            return ""
        if end:
            self.notes.endnote_count += 1
            mark = f"〔尾注{self.notes.endnote_count}〕"
        else:
            self.notes.footnote_count += 1
            mark = f"〔注{self.notes.footnote_count}〕"
        self.noted.append((mark, note))
        return mark

    def _ruby(self, ruby: Element) -> Iterator[str]:
        for name in ("rubyBase", "rt"):
            for part in ruby.iterfind(W + name):
                yield from self._children(part, hidden=False)


def _symbol(symbol: Element) -> str:
    try:
        code = int(symbol.get(W + "char", ""), 16)
    except ValueError:
        return ""
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    if 0xF000 <= code <= 0xF0FF and symbol.get(W + "font") == "Symbol":
        return chr(code)
    return chr(code) if 0x20 <= code <= 0xFFFD and not 0xD800 <= code <= 0xDFFF else ""
