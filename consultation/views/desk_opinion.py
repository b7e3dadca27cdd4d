"""The page of one opinion in the admin, and the steps that staff take there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from consultation import desk_reading
from consultation.access import CHANGE, DECIDE, REVEAL, VIEW, drafts_for, may, opinions_for
from consultation.enums import Review
from consultation.forms.desk_filters import chosen_opinions
from consultation.forms.desk_opinions import GroupForm, SplitForm, WithholdForm, step_forms
from consultation.models import Opinion, SubmissionAttachment
from consultation.services.opinions import (
    OpinionRefused,
    review_opinions,
    split_opinion,
    undo_split,
)
from consultation.services.responses import ResponseRefused, group_opinions, ungroup_opinions
from consultation.views.desk_frame import REGISTER, frame
from people.services import RevealRefused, reveal_contact

Typed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with an opinion: who may, what is filled in, what happens, what is said."""

    permission: str
    form: type[forms.Form]
    run: Callable[[Opinion, Typed, Any], Any]
    done: str


STEPS = {
    "review": Step(
        CHANGE,
        forms.Form,
        lambda row, typed, user: review_opinions(opinions=[row], review=Review.REVIEWED, user=user),
        "已审核通过",
    ),
    "withhold": Step(
        CHANGE,
        WithholdForm,
        lambda row, typed, user: review_opinions(
            opinions=[row], review=Review.WITHHELD, user=user, note=typed["note"]
        ),
        "已设为不予公开",
    ),
    "unreview": Step(
        CHANGE,
        forms.Form,
        lambda row, typed, user: review_opinions(opinions=[row], review=Review.PENDING, user=user),
        "已退回待审核",
    ),
    "split": Step(
        CHANGE,
        SplitForm,
        lambda row, typed, user: split_opinion(opinion=row, texts=typed["texts"], user=user),
        "已拆分",
    ),
    "undo-split": Step(
        CHANGE,
        forms.Form,
        lambda row, typed, user: undo_split(opinion=row, user=user),
        "已撤销拆分",
    ),
    "group": Step(
        DECIDE,
        GroupForm,
        lambda row, typed, user: group_opinions(
            opinions=[row], user=user, response=typed["response"], summary=typed["summary"]
        ),
        "已归入",
    ),
    "ungroup": Step(
        DECIDE,
        forms.Form,
        lambda row, typed, user: ungroup_opinions(opinions=[row], user=user),
        "已移出",
    ),
}


@require_safe
def show_opinion(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _opinion(request, pk, VIEW))


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do it and go back to the page, or on to the next opinion if that button was pressed."""
    chosen = STEPS[step]
    opinion = _opinion(request, pk, chosen.permission)
    more = {"draft": opinion.draft} if step == "group" else {}
    form = chosen.form(request.POST, prefix=step, **more)
    if form.is_valid():
        try:
            chosen.run(opinion, form.cleaned_data, request.user)
        except (OpinionRefused, ResponseRefused) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{opinion}：{chosen.done}。")
            return redirect(_after(request, opinion))
    return _page(request, opinion, {step: form})


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the contact details in full; who looked is in the log."""
    opinion = _opinion(request, pk, VIEW)
    try:
        contact = reveal_contact(
            contact=opinion.submission.contact,
            user=request.user,
            about=f"{opinion.draft.title} {opinion}",
            allowed=may(request.user, REVEAL, opinion.draft),
        )
    except RevealRefused as refusal:
        raise PermissionDenied(refusal.message) from refusal
    return _page(request, opinion, revealed=contact)


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """A file that was handed in, for the unit's staff alone; never shown inside a page."""
    file = get_object_or_404(
        SubmissionAttachment, pk=pk, submission__draft__in=drafts_for(request.user, VIEW)
    )
    response = FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _opinion(request: HttpRequest, pk: int, permission: str) -> Opinion:
    """The opinion, if its unit is one where the user holds the permission; else 404."""
    related = ("draft", "clause", "version", "response", "part_of", "submission__contact")
    rows = opinions_for(request.user, permission)
    rows = rows.select_related(*related, "submission__receipt", "submission__entered_by")
    return get_object_or_404(rows, pk=pk)


def _after(request: HttpRequest, opinion: Opinion) -> str:
    """Where to go once the step is done; the list's filters stay with us."""
    beside = desk_reading.beside(opinion, chosen_opinions(request, request.GET))
    target = beside["older"] if "then-next" in request.POST else opinion.pk
    query = request.GET.urlencode()
    address = reverse("desk:opinion", args=[target or opinion.pk])
    return f"{address}?{query}" if query else address


def _page(
    request: HttpRequest,
    opinion: Opinion,
    typed: dict[str, forms.Form] | None = None,
    revealed: Any = None,
) -> HttpResponse:
    others, total = desk_reading.others_on_clause(opinion)
    context = {
        **frame(f"{opinion}", REGISTER),
        "opinion": opinion,
        "spoken_to": desk_reading.spoken_to(opinion),
        "others": others,
        "others_total": total,
        "parts": opinion.parts.order_by("number"),
        "told": opinion.submission.contact.messages.select_related("phoned_by").order_by("pk"),
        "files": opinion.submission.attachments.all(),
        "history": desk_reading.history(opinion, opinion.response, opinion.submission),
        "beside": desk_reading.beside(opinion, chosen_opinions(request, request.GET)),
        "forms": {**step_forms(opinion), **(typed or {})},
        "revealed": revealed,
        "stands": not (opinion.split_at or opinion.undone_at or opinion.withdrawn_at),
        "may_change": may(request.user, CHANGE, opinion.draft),
        "may_decide": may(request.user, DECIDE, opinion.draft),
        "may_reveal": may(request.user, REVEAL, opinion.draft),
        "frozen": opinion.draft.result is not None,
        "query": request.GET.urlencode(),
    }
    status = 200 if not typed else 422
    return render(request, "consultation/desk/opinion.html", context, status=status)
