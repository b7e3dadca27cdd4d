"""宣传单页: those of an interpretation, one more, and the file."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.permissions import page_permission_policy

from interpretations.leaflet.printing import LeafletRefused
from interpretations.models import InterpretationPage, Leaflet
from interpretations.services.leaflets import NOT_PUBLIC, current_digest, make_leaflet


@require_safe
def show_leaflets(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every leaflet of the page, and whether it still says what the page says."""
    page = own_page(request, page_id)
    digest = current_digest(page)
    rows = list(page.leaflets.select_related("made_by"))
    context = {
        "page_obj": page,
        "leaflets": [(row, row.digest == digest) for row in rows],
        "is_current": bool(rows) and rows[0].digest == digest,
        "obstacle": "" if digest else NOT_PUBLIC,
        "header_title": "宣传单页",
        "header_icon": "doc-full",
        "breadcrumbs_items": _crumbs(page),
    }
    return render(request, "interpretations/leaflet/list.html", context)


@require_POST
def make(request: HttpRequest, page_id: int) -> HttpResponse:
    """One click: the PDF of what is public now."""
    try:
        leaflet, is_new = make_leaflet(page=own_page(request, page_id), user=request.user)
        done = "已做好" if is_new else "网页没有改动，不用重新做，就用"
        messages.success(request, f"{done}第{leaflet.number}版，共{leaflet.pages}页。")
    except LeafletRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("leaflets:list", page_id)


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file, for who may edit the page."""
    leaflet = get_object_or_404(Leaflet.objects.select_related("page"), pk=pk)
    page = own_page(request, leaflet.page_id)
    try:
        file = leaflet.file.open("rb")
    except OSError as error:
        raise Http404 from error
    name = f"{page.title}（宣传单页第{leaflet.number}版）.pdf"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def own_page(request: HttpRequest, page_id: int) -> InterpretationPage:
    """404 unless the user may edit it."""
    page = get_object_or_404(InterpretationPage, pk=page_id)
    if not page_permission_policy.user_has_permission_for_instance(request.user, "change", page):
        raise Http404
    return page


def _crumbs(page: InterpretationPage) -> list[dict[str, Any]]:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return [
        {"url": reverse("wagtailadmin_home"), "label": "首页"},
        {"url": edit, "label": page.get_admin_display_title()},
        {"url": "", "label": "宣传单页"},
    ]
