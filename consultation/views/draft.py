from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from consultation.periods import length_in_days
from publishing.kept import kept
from publishing.models import SiteProfile
from publishing.reading import ReadingRow, reading_rows
from publishing.reading_html import contents_html, text_html


def show_draft(request: HttpRequest, draft: DecisionDraftPage) -> HttpResponse:
    """The draft before the public: the same for everyone, so that any cache may keep it."""
    is_preview = getattr(request, "is_preview", False)
    context = draft.get_context(request)
    context |= _standing(draft) | (_parts(draft) if is_preview else _kept_parts(draft))
    context["is_short"] = _is_short(draft, context["profile"])
    context["address"] = draft.get_url(request) or ""
    context["speak_address"] = f"{context['address']}opinion/"
    context |= _text(draft, context, is_preview=is_preview)
    return render(request, "consultation/decision_draft_page.html", context)


def _standing(draft: DecisionDraftPage) -> dict[str, Any]:
    """Status and countdown; the days are those that a calendar counts, today as 0."""
    phase = draft.phase
    today = timezone.localdate()
    days = {
        Phase.UPCOMING: (draft.opening_day - today).days if draft.opening_day else None,
        Phase.OPEN: (draft.closing_day - today).days if draft.closing_day else None,
    }
    return {
        "phase": phase,
        "days": days.get(phase),
        "now": timezone.now(),
        "result": draft.result if draft.pk and phase == Phase.ANSWERED else None,
    }


def _kept_parts(draft: DecisionDraftPage) -> dict[str, Any]:
    """What only a publication changes. A preview shows what isn't published, and keeps nothing."""
    return kept("draft parts", draft.pk, make=lambda: _parts(draft))


def _parts(draft: DecisionDraftPage) -> dict[str, Any]:
    """What belongs to the draft besides its text (rule D2), its version and its extensions."""
    interpretations = draft.interpretations.select_related("interpretation")
    changes = list(draft.period_changes.all()) if draft.pk else []
    return {
        "unit": draft.unit,
        "extensions": [change for change in changes[1:] if change.reason],
        "basis": list(draft.basis.select_related("document")),
        "interpretations": [
            row.interpretation for row in interpretations if row.interpretation.live
        ],
        "ways": list(draft.ways.all()),
        "contacts": list(draft.contacts.all()),
        "attachments": list(draft.attachments.select_related("document")),
        "version": draft.versions.first() if draft.pk else None,
    }


def _text(draft: DecisionDraftPage, context: dict[str, Any], *, is_preview: bool) -> dict[str, Any]:
    """The text with the number of opinions at each clause, and the table of contents."""
    counts = _counts(draft) if draft.pk else {}
    rows = _rows(draft, context, counts, is_preview=is_preview)
    speak_address = context["speak_address"] if context["phase"] == Phase.OPEN else ""
    return {
        "text": text_html(rows, speak_address),
        "contents": contents_html(rows),
        "received": sum(counts.values()),
    }


def _counts(draft: DecisionDraftPage) -> dict[str, int]:
    """How many opinions there are by block id ("None": on the whole draft)."""
    by_clause = draft.opinions.counted().values_list("clause__block_id").annotate(n=Count("pk"))
    return {str(block_id): number for block_id, number in by_clause.order_by()}


def _rows(
    draft: DecisionDraftPage,
    context: dict[str, Any],
    counts: dict[str, int],
    *,
    is_preview: bool,
) -> list[ReadingRow]:
    """A public text is read from its frozen version: the same words, without Wagtail's blocks."""
    version = None if is_preview else context["version"]
    return reading_rows(version.clause_texts if version else draft.clauses, counts)


def _is_short(draft: DecisionDraftPage, profile: SiteProfile) -> bool:
    """Whether the period is shorter than the usual one, so that its reason is told (rule D1)."""
    if draft.opening_day is None or draft.closing_day is None:
        return False
    length = length_in_days(draft.opening_day, draft.closing_day)
    return bool(length < profile.minimum_period_days and draft.short_period_reason)
