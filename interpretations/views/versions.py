from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from interpretations.models import PolicyPage, PolicyVersion
from interpretations.policy_facts import LABELS
from publishing.comparing import compared


def list_versions(request: HttpRequest, policy: PolicyPage) -> HttpResponse:
    """Every text that was put before the public (rule C2), the newest first."""
    context = policy.get_context(request) | {"versions": policy.versions.defer("clauses")}
    return render(request, "interpretations/policy_versions.html", context)


def show_version(request: HttpRequest, policy: PolicyPage, number: int) -> HttpResponse:
    """One version and what it changed, clause by clause; ``?all=1`` shows the unchanged too."""
    version = policy.versions.filter(number=number).first()
    if version is None:
        raise Http404
    before = policy.versions.filter(number__lt=number).first()
    context = policy.get_context(request) | compared(version, before)
    context["facts_changed"] = changed_facts(before, version) if before else []
    context["show_all"] = before is None or request.GET.get("all") == "1"
    return render(request, "interpretations/policy_version.html", context)


def changed_facts(old: PolicyVersion, new: PolicyVersion) -> list[dict[str, Any]]:
    """The fields of the document that say something else: label, before, after."""
    rows = ((label, old.facts.get(label, ""), new.facts.get(label, "")) for label in LABELS)
    return [
        {"label": label, "before": before, "after": after}
        for label, before, after in rows
        if before != after
    ]
