from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.models import Page

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from consultation.periods import length_in_days
from consultation.reading import contents, reading_rows
from publishing.models import SiteProfile


def show_draft(request: HttpRequest, draft: DecisionDraftPage) -> HttpResponse:
    """The draft before the public: the same for everyone, so that any cache may keep it."""
    context = draft.get_context(request)
    context |= _standing(draft) | _text(draft) | _disclosures(draft)
    context["is_short"] = _is_short(draft, context["profile"])
    context["address"] = draft.get_url(request) or ""
    context["speak_address"] = f"{context['address']}opinion/"
    return render(request, "consultation/decision_draft_page.html", context)


def _standing(draft: DecisionDraftPage) -> dict[str, Any]:
    """Status and countdown; the days are those that a calendar counts, today as 0."""
    phase = draft.phase
    today = timezone.localdate()
    days = {
        Phase.UPCOMING: (draft.opening_day - today).days if draft.opening_day else None,
        Phase.OPEN: (draft.closing_day - today).days if draft.closing_day else None,
    }
    changes = list(draft.period_changes.all()) if draft.pk else []
    result = draft.result if draft.pk and phase == Phase.ANSWERED else None
    return {
        "phase": phase,
        "days": days.get(phase),
        "now": timezone.now(),
        "extensions": [change for change in changes[1:] if change.reason],
        "result": result,
        "final_page": result.final_page if result and _is_public(result.final_page) else None,
    }


def _is_public(page: Page | None) -> bool:
    return page is not None and page.live


def _text(draft: DecisionDraftPage) -> dict[str, Any]:
    """The rows of the text with the number of opinions at each, and the table of contents."""
    counted: dict[str, int] = {}
    if draft.pk:
        by_clause = draft.opinions.counted().values_list("clause__block_id").annotate(n=Count("pk"))
        counted = {str(block_id): number for block_id, number in by_clause.order_by()}
    rows = reading_rows(draft.clauses, counted)
    return {"rows": rows, "contents": contents(rows), "received": sum(counted.values())}


def _disclosures(draft: DecisionDraftPage) -> dict[str, Any]:
    """What belongs to the draft besides its text (rule D2), and its versions."""
    versions = draft.versions.defer("clauses", "attachments") if draft.pk else []
    interpretations = draft.interpretations.select_related("interpretation")
    return {
        "basis": draft.basis.select_related("document"),
        "interpretations": [
            row.interpretation for row in interpretations if row.interpretation.live
        ],
        "ways": draft.ways.all(),
        "contacts": draft.contacts.all(),
        "attachments": draft.attachments.select_related("document"),
        "versions": list(versions),
    }


def _is_short(draft: DecisionDraftPage, profile: SiteProfile) -> bool:
    """Whether the period is shorter than the usual one, so that its reason is told (rule D1)."""
    if draft.opening_day is None or draft.closing_day is None:
        return False
    length = length_in_days(draft.opening_day, draft.closing_day)
    return bool(length < profile.minimum_period_days and draft.short_period_reason)
