from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from interpretations.models import PolicyPage
from interpretations.models.interpretation_list import (
    Explanation,
    explanations_of,
    interpretations_of,
)
from interpretations.policy_facts import shown_facts
from publishing.kept import kept
from publishing.reading import RowLink, reading_rows
from publishing.reading_html import contents_html, text_html


def show_policy(request: HttpRequest, policy: PolicyPage) -> HttpResponse:
    """The policy before the public: the same for everyone, so that any cache may keep it."""
    is_preview = getattr(request, "is_preview", False)
    context = policy.get_context(request)
    context |= _parts(policy) if is_preview else _kept_parts(policy)
    # A public text is read from its frozen version: the same words, without Wagtail's blocks.
    version = None if is_preview else context["version"]
    links = _row_links(request, context["explanations"])
    rows = reading_rows(version.clause_texts if version else policy.clauses, {}, links)
    context |= {"text": text_html(rows, ""), "contents": contents_html(rows)}
    context["address"] = policy.get_url(request) or ""
    return render(request, "interpretations/policy_page.html", context)


def _row_links(
    request: HttpRequest, found: dict[str, list[Explanation]]
) -> dict[str, tuple[RowLink, ...]]:
    """What stands at the clauses: the panels, answers, stories, films that explain them (P3)."""
    return {
        clause: tuple(
            RowLink(
                str(one.mention.form.label),
                one.mention.title,
                f"{one.page.get_url(request)}#{one.mention.anchor}",
            )
            for one in explanations
        )
        for clause, explanations in found.items()
    }


def _kept_parts(policy: PolicyPage) -> dict[str, Any]:
    """What only a publication changes. A preview shows what isn't published, and keeps nothing."""
    return kept("policy parts", policy.pk, make=lambda: _parts(policy))


def _parts(policy: PolicyPage) -> dict[str, Any]:
    explaining = interpretations_of(policy) if policy.pk else []
    return {
        "interpretations": explaining,
        "explanations": explanations_of(explaining),
        "facts": shown_facts(policy),
        "unit": policy.unit,
        "attachments": list(policy.attachments.select_related("document")),
        "version": policy.versions.first() if policy.pk else None,
    } | _related(policy)


def _related(policy: PolicyPage) -> dict[str, Any]:
    """What took its place, and whose place it took: of both only what anybody may read."""
    readable = PolicyPage.objects.live().public().defer("body")
    return {
        "successor": readable.filter(pk=policy.successor_id).first(),
        "predecessors": list(readable.filter(successor=policy.pk).order_by("-written_on", "-pk"))
        if policy.pk
        else [],
    }
