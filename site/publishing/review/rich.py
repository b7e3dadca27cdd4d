"""What a reader sees of a rich text, with the place of every sign in its source.

So a number that runs over tags (138<b>0000</b>1234) is found, and what is put in its place leaves
the tags as they were. Telephone links say a number too, though nobody sees it.
"""

import html
import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<[^<>]*>|&[#0-9A-Za-z]{1,32};|[^<&]+|[<&]")
_BREAKING = re.compile(r"</?(?:p|br|li|ul|ol|h[1-6]|div|table|tr|t[dh]|blockquote|hr)\b", re.I)
_TELEPHONE = re.compile(r"""href=["'](?:tel|sms):([^"']*)["']""", re.I)


@dataclass(frozen=True, slots=True)
class Visible:
    """``text``, and for each of its signs the (start, end) in the source; (n, n) for none."""

    text: str
    spans: tuple[tuple[int, int], ...]


def visible(source: str) -> Visible:
    """The words of an HTML source, its blocks on lines of their own."""
    signs: list[str] = []
    spans: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(source):
        words, at = token.group(), token.start()
        if words[0] == "<" and len(words) > 1:
            if _BREAKING.match(words):
                signs.append("\n")
                spans.append((at, at))
            if link := _TELEPHONE.search(words):
                first = at + link.start(1)
                number = link.group(1)
                signs += ["\n", "\n", *number, "\n", "\n"]
                spans += [(first, first)] * 2
                spans += [(first + sign, first + sign + 1) for sign in range(len(number))]
                spans += [(first + len(number),) * 2] * 2
        elif words[0] == "&" and len(words) > 1:
            said = html.unescape(words)
            signs += said
            spans += [(at, token.end())] + [(token.end(), token.end())] * (len(said) - 1)
        else:
            signs += words
            spans += [(at + sign, at + sign + 1) for sign in range(len(words))]
    return Visible("".join(signs), tuple(spans))


def replace_visible(source: str, start: int, end: int, words: str) -> str:
    """The source with ``words`` in the place of the visible signs from start to end."""
    spans = visible(source).spans[start:end]
    for at, (first, last) in reversed(list(enumerate(spans))):
        said = html.escape(words) if at == 0 else ""
        source = source[:first] + said + source[last:]
    return source
