"""导入文档: upload or paste, look at the outline, correct, look at the redline, confirm."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from publishing.forms.importing import ImportForm
from publishing.importing import Proposal, import_clauses, propose_import
from publishing.models import ClausePage

FORM = "publishing/importing/form.html"
PREVIEW = "publishing/importing/preview.html"


def import_document(request: HttpRequest, page_id: int) -> HttpResponse:
    """All three steps at one address; nothing is written before the editor confirms."""
    page = editable_page(request, page_id)
    if request.method != "POST":
        return render(request, FORM, {"page": page, "form": ImportForm()})
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, FORM, {"page": page, "form": form})
    text, part = form.cleaned_data["text"], form.cleaned_data["part"]
    proposal = propose_import(page=page, text=text, part=part)
    if "confirm" in request.POST and was_shown(request, form, proposal):
        import_clauses(page=page, proposal=proposal, user=request.user)
        messages.success(request, told(page, proposal))
        return redirect("wagtailadmin_pages:edit", page.pk)
    again = ImportForm(initial={"text": text})
    return render(request, PREVIEW, {"page": page, "form": again, "proposal": proposal})


def was_shown(request: HttpRequest, form: ImportForm, proposal: Proposal) -> bool:
    """Whether the editor has seen what he confirms: text, part and page may have changed since."""
    if form.cleaned_data["shown"] == proposal.mark:
        return bool(proposal.clauses) and not proposal.is_too_long
    messages.warning(request, _("预览以后有改动。请看过下面的结果，再点“确认导入”。"))
    return False


def told(page: Any, proposal: Proposal) -> str:
    """What the editor reads once the clauses are in the page."""
    done = _("已导入，共{number}条{clauses}。请检查后保存或发布。")
    return done.format(number=proposal.commentable, clauses=page.clause_name)


def editable_page(request: HttpRequest, page_id: int) -> Any:
    """The latest draft of a page with a body of clauses that this user may edit now.

    Raises:
        Http404: there is no such page, or it has no such body.
        PermissionDenied: the user may not edit it, or it is locked.
    """
    page: Any = get_object_or_404(Page, pk=page_id).get_latest_revision_as_object()
    has_clauses = isinstance(page, ClausePage)
    if not has_clauses:
        raise Http404
    tester = page.permissions_for_user(request.user)
    if not tester.can_edit() or tester.page_locked():
        raise PermissionDenied
    return page
