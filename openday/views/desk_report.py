"""One click from an event to its report, with what is still to do before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin import messages

from openday.access import SUGGEST, events_for
from openday.models import EventPage, EventReportPage
from openday.services.reports import create_report, figures_of
from openday.views.hearing_frame import frame

_MADE = "已生成活动总结的草稿。请填写“活动情况”，选上照片并写明照片说明，再送审。"


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """By GET the figures and the button; by POST the page is made and opened for editing."""
    event = get_object_or_404(events_for(request.user, SUGGEST), pk=pk)
    existing = EventReportPage.objects.child_of(event).first()
    allowed = existing or event.permissions_for_user(request.user).can_add_subpage()
    if request.method != "POST" or not allowed:
        return _page(request, event, existing, allowed=bool(allowed))
    made = create_report(event=event, user=request.user)
    if existing is None:
        messages.success(request, _MADE)
    return redirect("wagtailadmin_pages:edit", made.pk)


def _page(
    request: HttpRequest, event: EventPage, existing: EventReportPage | None, *, allowed: bool
) -> HttpResponse:
    context = {
        **frame("活动总结", icon="doc-full"),
        "event": event,
        "existing": existing,
        "allowed": allowed,
        "figures": figures_of(event),
        "unanswered": event.suggestions.filter(answer="").count(),
        "undecided": event.suggestions.filter(unit=None).count(),
    }
    return render(request, "openday/desk_hearing/report.html", context)
