"""All words in a Word file: also deleted and hidden ones, headers, footers, notes, comments.

The import shows what a reader sees. Whoever receives the file sees the rest by a click, so the
search for personal data looks at all of it.
"""

from publishing.clauses.docx.package import open_all_words
from publishing.clauses.docx.xml import Element, W

_SAID = {W + "t", W + "delText", W + "instrText"}
_BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": " ", W + "noBreakHyphen": "-"}


def all_words(content: bytes) -> str:
    """Paragraph by paragraph, an empty line between them.

    Raises:
        DocumentError: the file can't be read, or is too large.
    """
    return "\n\n".join(
        _paragraph(paragraph)
        for part in open_all_words(content)
        for paragraph in part.iter(W + "p")
    )


def _paragraph(paragraph: Element) -> str:
    words = (
        (node.text or "") if node.tag in _SAID else _BREAKS.get(node.tag, "")
        for node in paragraph.iter()
    )
    return "".join(words)
