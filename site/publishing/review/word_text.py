"""All words in a Word file: also deleted and hidden ones, headers, footers, notes, comments.

The import shows what a reader sees. Whoever receives the file sees the rest by a click, so the
search for personal data looks at all of it.
"""

from collections.abc import Iterator

from publishing.clauses.docx.package import open_all_words
from publishing.clauses.docx.xml import Element, W

_PARAGRAPH = W + "p"
_SAID = {W + "t", W + "delText", W + "instrText"}
_BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": " ", W + "noBreakHyphen": "-"}


def all_words(content: bytes) -> str:
    """Paragraph by paragraph, an empty line between them; one in another's text box by itself.

    Raises:
        DocumentError: the file can't be read, or is too large.
    """
    return "\n\n".join(
        "".join(_words(paragraph))
        for part in open_all_words(content)
        for paragraph in part.iter(_PARAGRAPH)
    )


def _words(parent: Element) -> Iterator[str]:
    for node in parent:
        if node.tag == _PARAGRAPH:
            continue
        yield (node.text or "") if node.tag in _SAID else _BREAKS.get(node.tag, "")
        yield from _words(node)
