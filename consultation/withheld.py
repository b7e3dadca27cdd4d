"""Opinions whose text is not to be made public: what stands in its place, and where it stands all
the same (rule G6). Staff see the texts at the desk; everybody else sees the stand-in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from consultation.enums import Review
from publishing.text import clean_text

if TYPE_CHECKING:
    from consultation.models import DecisionDraftPage, Opinion, Response

WITHHELD = "（该意见内容不予公开）"
_TELLING = 5
"""Characters from which on a text inside another is a quotation: "同意" stands everywhere."""


def public_text(opinion: "Opinion") -> str:
    """The text that may be shown to everybody, not masked yet; the stand-in if it is withheld."""
    return WITHHELD if opinion.review == Review.WITHHELD else opinion.text


def public_summary(rows: Iterable["Opinion"]) -> str:
    """Words for a response to begin with: the first text that may be public, else the stand-in."""
    return next((row.text for row in rows if row.review != Review.WITHHELD), WITHHELD)


def quoted(words: str, opinions: Iterable["Opinion"]) -> "Opinion | None":
    """The first withheld opinion that the words repeat, blanks aside; None if they repeat none."""
    said = _bare(words)
    for opinion in opinions:
        text = _bare(opinion.text)
        if opinion.review == Review.WITHHELD and (
            said == text or (len(text) >= _TELLING and text in said)
        ):
            return opinion
    return None


def quoting(draft: "DecisionDraftPage") -> list[tuple["Response", "Opinion"]]:
    """The draft's responses that would publish a withheld opinion of theirs word for word."""
    rows = draft.responses.filter(opinions__review=Review.WITHHELD).distinct()
    found = ((row, quoted_by(row, row.opinions.all())) for row in rows.prefetch_related("opinions"))
    return [(row, opinion) for row, opinion in found if opinion]


def quoted_by(response: "Response", opinions: Iterable["Opinion"]) -> "Opinion | None":
    """The withheld opinion that one of the response's public texts repeats."""
    held = [opinion for opinion in opinions if opinion.review == Review.WITHHELD]
    texts = (response.summary, response.reason, response.wording)
    return next(filter(None, (quoted(text, held) for text in texts)), None)


def refusal(opinion: "Opinion") -> str:
    """What staff are told of words that repeat the opinion."""
    return f"{opinion}不予公开，但归纳意见、理由或修改情况中照写了它的内容，请改写。"


def _bare(text: str) -> str:
    return "".join(clean_text(text).split())
