"""Export of a session's registrations: masked, logged, of one's own units."""

import tempfile
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from openday.access import EXPORT, REVEAL, may, sessions_for
from openday.exports.rows import registrations_sheet
from openday.forms.desk_exports import ExportForm
from openday.models import Session
from openday.services.exports import record_export
from openday.views.desk_frame import SESSIONS, frame
from publishing.sheets.csv import write_csv
from publishing.sheets.xlsx import write_xlsx

WRITERS = {"xlsx": write_xlsx, "csv": write_csv}
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Ask what is wanted; by POST, hand it out."""
    session = get_object_or_404(sessions_for(request.user, EXPORT), pk=pk)
    may_reveal = may(request.user, REVEAL, session.event)
    form = ExportForm(request.POST or None, may_reveal=may_reveal)
    if request.method == "POST" and form.is_valid():
        return _file(request, session, form.cleaned_data)
    context = {
        **frame("导出报名名单", SESSIONS, icon="download", event=session.event),
        "session": session,
        "form": form,
        "count": session.registrations.count(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "openday/desk/export.html", context, status=status)


def _file(request: HttpRequest, session: Session, typed: dict[str, Any]) -> FileResponse:
    unmasked = typed.get("unmasked", False)
    kind = typed["kind"]
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it was sent
    count = WRITERS[kind](registrations_sheet(session=session, unmasked=unmasked), file)
    record_export(
        session=session,
        what="报名名单",
        rows=count,
        user=request.user,
        unmasked=unmasked,
        reason=typed.get("reason", ""),
    )
    file.seek(0)
    name = f"报名名单（{session.event.title[:60]}）{timezone.localdate():%Y%m%d}.{kind}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[kind])
    response["Cache-Control"] = "private, no-store"
    return response
