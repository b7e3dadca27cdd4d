from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consultation.models import DecisionDraftPage
from publishing.comparing import compared


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
    context = draft.get_context(request) | compared(version, before)
    context["show_all"] = before is None or request.GET.get("all") == "1"
    return render(request, "consultation/version.html", context)
