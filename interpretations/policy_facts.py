"""The fields of an official document (rule S4) in words: for its page, and to be frozen."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interpretations.models.policy_page import PolicyPage


def facts_of(policy: "PolicyPage") -> dict[str, str]:
    """Label → words, in the order in which documents show them; what is not filled in is left out.

    The title stands above them. The day of publication is the page's, not the document's, unless
    an editor wrote one: it changes no version.
    """
    facts = {
        "索引号": policy.index_number,
        "主题分类": str(policy.topic or ""),
        "发文机关": policy.issuer,
        "成文日期": in_words(policy.written_on),
        "发文字号": policy.document_number,
        "发布日期": in_words(policy.released_on),
        "有效性": standing_of(policy),
    }
    return {label: words for label, words in facts.items() if words}


def shown_facts(policy: "PolicyPage") -> dict[str, str]:
    """As ``facts_of``, with the day of publication in its place."""
    facts = facts_of(policy)
    standing = facts.pop("有效性", "")
    return facts | {"发布日期": in_words(policy.release_day), "有效性": standing}


def standing_of(policy: "PolicyPage") -> str:
    """有效, or since when it is not, as far as that is known."""
    label = str(policy.get_validity_display())
    day = in_words(policy.validity_changed_on)
    return f"{label}（{day}）" if day else label


def in_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
