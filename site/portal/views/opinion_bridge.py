"""转入意见登记: from a hearing's screen, and from an event's suggestions, to the register."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.services.register import SubmissionRefused
from openday.access import SEATS, SUGGEST, events_for, sessions_for
from openday.models import EventPage, HearingStatement, Suggestion
from openday.refusals import SeatRefused
from openday.views.hearing_frame import frame
from portal.opinion_bridge import CHANNELS, hand_over, obstacle_of, read_target, register_targets
from publishing.ids import parse_ids


@require_POST
def hand_over_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement, and back to the hearing's screen with the number, or why not."""
    own = sessions_for(request.user, SEATS).order_by()
    row = get_object_or_404(HearingStatement.objects.filter(hearing__session__in=own), pk=pk)
    session = row.hearing.session
    agreed = "with_contact" in request.POST
    try:
        target = read_target(request.POST.get("target", ""), session.event, request.user)
        done = hand_over(said=row, target=target, user=request.user, with_contact=agreed)
        messages.success(request, f"已转入意见登记：{done.opinion_number}号意见。")
    except (SeatRefused, SubmissionRefused) as refusal:
        messages.error(request, refusal.message)
    return redirect("hearing:show", session.pk)


def hand_over_suggestions(request: HttpRequest, pk: int) -> HttpResponse:
    """The event's suggestions to choose from; by POST the chosen ones go over, each by itself."""
    events = events_for(request.user, SUGGEST).filter(kind__in=CHANNELS)
    event = get_object_or_404(events, pk=pk)
    if request.method == "POST":
        _take_chosen(request, event)
        return redirect("suggestion_hand_over", pk)
    related = ("registration__contact", "registration__group__audience", "registration__receipt")
    context = {
        **frame("转入意见登记", ("建议办理", reverse("hearing:suggestions")), icon="comment"),
        "event": event,
        "rows": [(row, obstacle_of(row)) for row in event.suggestions.select_related(*related)],
        "targets": register_targets(event, request.user),
    }
    return render(request, "portal/hand_over_suggestions.html", context)


def _take_chosen(request: HttpRequest, event: EventPage) -> None:
    """What is refused is told, and stops no other."""
    chosen = event.suggestions.filter(pk__in=parse_ids(request.POST.getlist("chosen")))
    numbers = []
    for row in chosen:
        try:
            numbers.append(_take(request, event, row))
        except (SeatRefused, SubmissionRefused) as refusal:
            messages.error(request, f"{row}没有转入：{refusal.message}")
    if numbers:
        listed = "、".join(f"{number}号" for number in numbers)
        messages.success(request, f"已转入意见登记：{listed}意见。")
    elif not chosen:
        messages.error(request, "请先勾选要转入的建议。")


def _take(request: HttpRequest, event: EventPage, row: Suggestion) -> Any:
    target = read_target(request.POST.get(f"target-{row.pk}", ""), event, request.user)
    agreed = f"with_contact-{row.pk}" in request.POST
    done = hand_over(said=row, target=target, user=request.user, with_contact=agreed)
    return done.opinion_number
