from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.services.register import SubmissionRefused
from openday.access import SEATS, sessions_for
from openday.models import HearingStatement
from openday.refusals import SeatRefused
from portal.hearing_bridge import hand_over, read_target


@require_POST
def hand_over_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """转入意见登记, and back to the hearing's screen with the number, or why not."""
    own = sessions_for(request.user, SEATS).order_by()
    row = get_object_or_404(HearingStatement.objects.filter(hearing__session__in=own), pk=pk)
    session = row.hearing.session
    agreed = "with_contact" in request.POST
    try:
        target = read_target(request.POST.get("target", ""), session.event, request.user)
        done = hand_over(statement=row, target=target, user=request.user, with_contact=agreed)
        messages.success(request, f"已转入意见登记：{done.opinion_number}号意见。")
    except (SeatRefused, SubmissionRefused) as refusal:
        messages.error(request, refusal.message)
    return redirect("hearing:show", session.pk)
