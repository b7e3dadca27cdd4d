"""导入名单: an invited list from a spreadsheet, with what became of each row."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from openday.access import ENTER, SEATS, may, sessions_for
from openday.forms.desk_import import MAX_ROWS, ImportForm
from openday.models import Session
from openday.services.importing import Report, import_list
from openday.views.desk_frame import SESSIONS, frame

_HEADLINES = {
    "taken": "登记成功",
    "known": "以前已登记",
    "twice": "表内重复",
    "full": "没有名额",
    "phone": "电话不对",
    "refused": "未登记",
}


def import_names(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; by POST the report. Sent again, nobody is entered twice."""
    session = get_object_or_404(sessions_for(request.user, SEATS), pk=pk, cancelled_at=None)
    if not may(request.user, ENTER, session.event):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None, session=session)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        reports = import_list(group=typed["group"], lines=typed["file"], user=request.user)
        return _report(request, session, reports)
    context = {**_frame(session), "session": session, "form": form, "limit": MAX_ROWS}
    status = 422 if form.is_bound else 200
    return render(request, "openday/desk/import.html", context, status=status)


def _report(request: HttpRequest, session: Session, reports: list[Report]) -> HttpResponse:
    """How many of each, then row by row; what was not taken first is easy to find by its mark."""
    counts = [
        (label, sum(report.kind == kind for report in reports))
        for kind, label in _HEADLINES.items()
    ]
    rows = [(report, _HEADLINES[report.kind]) for report in reports]
    context = {**_frame(session), "session": session, "counts": counts, "rows": rows}
    return render(request, "openday/desk/import_report.html", context)


def _frame(session: Session) -> dict[str, object]:
    return frame("导入名单", SESSIONS, icon="upload", event=session.event)
