"""The page of one response in the admin: deciding it, taking that back, and its opinions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation import desk_reading
from consultation.access import DECIDE, VIEW, may, responses_for
from consultation.forms.desk_filters import chosen_responses
from consultation.forms.desk_opinions import reason_templates
from consultation.forms.desk_responses import DecisionForm
from consultation.models import Response
from consultation.services.responses import (
    ChangedMeanwhile,
    ResponseRefused,
    decide_response,
    remove_response,
    undo_decision,
    ungroup_opinions,
)
from consultation.views.desk_frame import REGISTER, RESPONSES, frame
from publishing.ids import parse_id, parse_ids

SHOWN_OPINIONS = 200


def response(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it, or take a decision: what was typed comes back with what is wrong, never lost."""
    row = _response(request, pk, DECIDE if request.method == "POST" else VIEW)
    templates = reason_templates(row.draft)
    if request.method != "POST":
        return _page(request, row, DecisionForm.starting(row, templates))
    form = DecisionForm(request.POST, templates=templates)
    if "fill" in request.POST:
        return _page(request, row, form.filled())
    if not form.is_valid():
        return _page(request, row, form)
    return _decide(request, row, form)


def _decide(request: HttpRequest, row: Response, form: DecisionForm) -> HttpResponse:
    seen = form.cleaned_data["seen_revision"]
    try:
        decide_response(response=row, decision=form.decision, user=request.user, seen_revision=seen)
    except ChangedMeanwhile as refusal:
        messages.error(request, refusal.message)
        return _page(request, refusal.response, form.over(refusal.response), changed=True)
    except ResponseRefused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, row, form)
    messages.success(request, f"归纳意见{row.number}已保存。")
    then_next = "then-next" in request.POST
    return redirect(_next_undecided(request, row) if then_next else _address(request, row))


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to before the last decision, if nobody changed it since the page was opened."""
    row = _response(request, pk, DECIDE)
    seen = request.POST.get("seen_revision", "")
    try:
        undo_decision(response=row, user=request.user, seen_revision=parse_id(seen) or 0)
        messages.success(
            request, f"归纳意见{row.number}已恢复到上一次办理之前。再按一次可重新恢复。"
        )
    except ResponseRefused as refusal:
        messages.error(request, refusal.message)
    return redirect(_address(request, row))


@require_POST
def ungroup(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the ticked opinions out."""
    row = _response(request, pk, DECIDE)
    ticked = parse_ids(request.POST.getlist("opinion"))
    try:
        out = ungroup_opinions(opinions=row.opinions.filter(pk__in=ticked), user=request.user)
        messages.success(request, f"已移出{len(out)}条意见。")
    except ResponseRefused as refusal:
        messages.error(request, refusal.message)
    left = Response.objects.filter(pk=pk).exists()
    return redirect(_address(request, row) if left else _list(request))


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one that has no opinions left."""
    row = _response(request, pk, DECIDE)
    try:
        remove_response(response=row, user=request.user)
    except ResponseRefused as refusal:
        messages.error(request, refusal.message)
        return redirect(_address(request, row))
    messages.success(request, f"归纳意见{row.number}已删除。")
    return redirect(_list(request))


def _response(request: HttpRequest, pk: int, permission: str) -> Response:
    rows = responses_for(request.user, permission).select_related("draft", "decided_by")
    return get_object_or_404(rows, pk=pk)


def _address(request: HttpRequest, row: Response) -> str:
    """The page of a response; the list's filters stay with us."""
    return _with_filters(request, reverse("desk:response", args=[row.pk]))


def _list(request: HttpRequest) -> str:
    return _with_filters(request, reverse("response:index"))


def _with_filters(request: HttpRequest, address: str) -> str:
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def _next_undecided(request: HttpRequest, row: Response) -> str:
    """The next one of the draft that waits for a decision; the list when none is left."""
    waiting = Response.objects.filter(draft=row.draft_id, outcome="").order_by("number")
    later = waiting.filter(number__gt=row.number).first() or waiting.first()
    if later:
        return _address(request, later)
    return _list(request) if request.GET else f"{reverse('response:index')}?draft={row.draft_id}"


def _page(
    request: HttpRequest, row: Response, form: DecisionForm, *, changed: bool = False
) -> HttpResponse:
    opinions = row.opinions.select_related("clause", "submission__contact").order_by("number")
    context: dict[str, Any] = {
        **frame(f"归纳意见{row.number}", REGISTER, RESPONSES, icon="list-ul"),
        "response": row,
        "form": form,
        "changed": changed or form["changed"].value() in {"1", "on", "True"},
        "opinions": opinions[:SHOWN_OPINIONS],
        "opinions_total": opinions.count(),
        "history": desk_reading.history(row),
        "beside": desk_reading.beside_response(row, chosen_responses(request, request.GET, VIEW)),
        "query": request.GET.urlencode(),
        "undoable": desk_reading.undoable(row),
        "may_decide": may(request.user, DECIDE, row.draft),
        "frozen": row.draft.result is not None,
    }
    failed = form.is_bound and not form.is_valid()
    status = 409 if changed else 422 if failed else 200
    return render(request, "consultation/desk/response.html", context, status=status)
