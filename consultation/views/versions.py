from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consultation.models import DecisionDraftPage, DraftVersion
from publishing.clauses.redline import ClauseChange, redline, summary


def list_versions(request: HttpRequest, draft: DecisionDraftPage) -> HttpResponse:
    """Every text that was put before the public (rule C2), the newest first."""
    context = draft.get_context(request) | {"versions": draft.versions.defer("clauses")}
    return render(request, "consultation/versions.html", context)


def show_version(request: HttpRequest, draft: DecisionDraftPage, number: int) -> HttpResponse:
    """One version and what it changed, clause by clause; ``?all=1`` shows the unchanged too."""
    version = draft.versions.filter(number=number).first()
    if version is None:
        raise Http404
    before = draft.versions.filter(number__lt=number).first()
    context = draft.get_context(request) | _comparison(version, before)
    context["show_all"] = before is None or request.GET.get("all") == "1"
    return render(request, "consultation/version.html", context)


def _comparison(version: DraftVersion, before: DraftVersion | None) -> dict[str, Any]:
    texts = before.clause_texts if before else version.clause_texts
    changes = redline(texts, version.clause_texts)
    return {
        "version": version,
        "before": before,
        "changes": [change for change in changes if _says_something(change)],
        "counts": {op: number for op, number in summary(changes).items() if number},
        "title_changed": before is not None and before.title != version.title,
        "files_changed": before is not None and before.attachments != version.attachments,
    }


def _says_something(change: ClauseChange) -> bool:
    return bool(change.label or change.heading or change.text or change.rows)
