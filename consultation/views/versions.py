from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from consultation.models import DecisionDraftPage, DraftVersion
from publishing.clauses.redline import ClauseChange, redline, summary

_OP_NAMES = {
    "changed": _("有修改"),
    "added": _("新增"),
    "removed": _("删去"),
    "moved": _("移动"),
    "renumbered": _("只改序号"),
    "same": _("未变"),
}


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
    """The redline from the version before; the first version is compared with itself."""
    old = before or version
    changes = redline(old.clause_texts, version.clause_texts)
    counts = summary(changes)
    files, old_files = _files(version), _files(old)
    return {
        "version": version,
        "files": list(version.files.select_related("document")),
        "before": before,
        "changes": [(_OP_NAMES[change.op], change) for change in changes if _has_words(change)],
        "counts": [(name, counts[op]) for op, name in _OP_NAMES.items() if counts[op]],  # type: ignore[index] # the names are the ops
        "title_changed": old.title != version.title,
        "files_added": [title for key, title in files.items() if key not in old_files],
        "files_removed": [title for key, title in old_files.items() if key not in files],
    }


def _files(version: DraftVersion) -> dict[tuple[str, str], str]:
    """The attachments by title and content: a new file under an old title is a change."""
    return {(row["title"], row["sha256"]): row["title"] for row in version.attachments}


def _has_words(change: ClauseChange) -> bool:
    return bool(change.label or change.heading or change.text or change.rows)
