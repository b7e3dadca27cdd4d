"""The fields of an official document (rule S4) in words: for its page, and to be frozen."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interpretations.models.policy_page import PolicyPage


LABELS = ("索引号", "主题分类", "发文机关", "成文日期", "发文字号", "发布日期", "有效性")
"""The fields in the order in which documents show them."""


def facts_of(policy: "PolicyPage") -> dict[str, str]:
    """Label → words, in the order of ``LABELS``; what is not filled in is left out.

    The title stands above them. The day of publication is the page's, not the document's, unless
    an editor wrote one: it changes no version.
    """
    words = (
        policy.index_number,
        str(policy.topic or ""),
        policy.issuer,
        in_words(policy.written_on),
        policy.document_number,
        in_words(policy.released_on),
        standing_of(policy),
    )
    return {label: said for label, said in zip(LABELS, words, strict=True) if said}


def shown_facts(policy: "PolicyPage") -> dict[str, str]:
    """As ``facts_of``, with the day of publication in its place."""
    facts = facts_of(policy) | {"发布日期": in_words(policy.release_day)}
    return {label: facts[label] for label in LABELS if facts.get(label)}


def standing_of(policy: "PolicyPage") -> str:
    """有效, or since when it is not, as far as that is known."""
    label = str(policy.get_validity_display())
    day = in_words(policy.validity_changed_on)
    return f"{label}（{day}）" if day else label


def in_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
