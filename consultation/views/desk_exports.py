"""Exports of the register and of the summary table: masked, logged, of one's own units."""

import tempfile
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from consultation.access import EXPORT, REVEAL, drafts_for, may
from consultation.exports.docx import write_docx
from consultation.exports.rows import register, summary
from consultation.forms.desk_exports import SUMMARY, ExportForm
from consultation.forms.desk_filters import chosen_opinions
from consultation.models import DecisionDraftPage, OpinionQuerySet
from consultation.services.exports import record_export
from consultation.views.desk_frame import REGISTER, frame
from publishing.ids import parse_id
from publishing.sheets.table import Sheet
from publishing.sheets.xlsx import write_xlsx
from publishing.unit_policy import unit_ids

WRITERS = {"xlsx": write_xlsx, "docx": write_docx}
NOT_ALL_YOURS = "所选意见中有些单位的联系方式您无权查看，请按单位或草案筛选后再导出。"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def export(request: HttpRequest) -> HttpResponse | FileResponse:
    """Ask what is wanted of the chosen opinions (the list's parameters); by POST, hand it out."""
    if unit_ids(request.user, EXPORT) == frozenset():
        raise PermissionDenied
    opinions = chosen_opinions(request, request.GET, EXPORT)
    draft = _draft(request)
    form = _form(request, draft)
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data.get("unmasked") or _may_reveal_all(request, opinions):
            return _file(request, opinions, draft, form.cleaned_data)
        form.add_error("unmasked", NOT_ALL_YOURS)
    asked = {"form": form, "count": opinions.count(), "draft": draft}
    context = {**frame("导出", REGISTER, icon="download"), **asked}
    context["query"] = request.GET.urlencode()
    return render(request, "consultation/desk/export.html", context)


def _form(request: HttpRequest, draft: DecisionDraftPage | None) -> ExportForm:
    return ExportForm(
        request.POST or None,
        of_one_draft=draft is not None,
        may_reveal=unit_ids(request.user, REVEAL) != frozenset(),
        initial={"what": request.GET.get("what") or "register"},
    )


def _draft(request: HttpRequest) -> DecisionDraftPage | None:
    """The one draft that the list is filtered by."""
    wanted = parse_id(request.GET.get("draft"))
    return drafts_for(request.user, EXPORT).filter(pk=wanted or 0).first()


def _file(
    request: HttpRequest,
    opinions: OpinionQuerySet,
    draft: DecisionDraftPage | None,
    typed: dict[str, Any],
) -> FileResponse:
    if typed["what"] == SUMMARY and draft:
        sheet = summary(draft=draft)
        counts = {draft.pk: draft.opinions.counted().count()}
    else:
        sheet = register(opinions=opinions, unmasked=typed.get("unmasked", False))
        by_draft = opinions.order_by().values_list("draft").annotate(n=Count("pk"))
        counts = dict(by_draft)
    record_export(
        counts=counts,
        what=sheet.title,
        user=request.user,
        unmasked=typed.get("unmasked", False),
        reason=typed.get("reason", ""),
    )
    return _response(sheet, typed["kind"], draft)


def _may_reveal_all(request: HttpRequest, opinions: OpinionQuerySet) -> bool:
    drafts = DecisionDraftPage.objects.filter(pk__in=opinions.order_by().values("draft"))
    return all(may(request.user, REVEAL, draft) for draft in drafts.only("unit"))


def _response(sheet: Sheet, kind: str, draft: DecisionDraftPage | None) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it was sent
    WRITERS[kind](sheet, file)
    file.seek(0)
    about = f"（{draft.title[:60]}）" if draft else ""
    name = f"{sheet.title}{about}{timezone.localdate():%Y%m%d}.{kind}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[kind])
    response["Cache-Control"] = "private, no-store"
    return response
