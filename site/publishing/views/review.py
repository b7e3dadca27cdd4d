"""审查: what was found in a page and what is done about it, the sign-offs, the history."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from publishing.forms.review import KeepForm, MaskForm, RejectForm
from publishing.gates import ActionRefused, PublishBlocked
from publishing.review.access import may_keep, may_mask, may_see, task_for
from publishing.review.guarding import is_reviewable
from publishing.services.reviewing import ReviewRefused, keep_find, mask_finds
from publishing.views.review_frame import review_context


def show(request: HttpRequest, page_id: int) -> HttpResponse:
    """The latest draft, as the reviewer sees it; nothing is changed."""
    page = reviewed_page(request, page_id)
    return render(request, "publishing/review/review.html", review_context(page, request.user))


@require_POST
def mask(request: HttpRequest, page_id: int) -> HttpResponse:
    """One find, or all, and back to what is left."""
    page, form = reviewed_page(request, page_id), MaskForm(request.POST)
    if not may_mask(page, request.user):
        raise PermissionDenied
    try:
        data = _cleaned(form)
        names = [data["find"]] if data["find"] else []
        mask_finds(page=page, revision_id=data["revision"], names=names, user=request.user)
        messages.success(request, "已遮盖，并存为新的草稿。")
    except ReviewRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("review:show", page_id)


@require_POST
def keep(request: HttpRequest, page_id: int) -> HttpResponse:
    """One find stays, for a reason."""
    page, form = reviewed_page(request, page_id), KeepForm(request.POST)
    if not may_keep(page, request.user):
        raise PermissionDenied
    try:
        data = _cleaned(form)
        words, at = data["reason"], data["revision"]
        keep_find(page=page, revision_id=at, name=data["find"], reason=words, user=request.user)
        messages.success(request, "已记下保留的理由。")
    except ReviewRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("review:show", page_id)


@require_POST
def decide(request: HttpRequest, page_id: int) -> HttpResponse:
    """Approve or send back, with the form's errors on the same page."""
    page = reviewed_page(request, page_id)
    state = task_for(page, request.user)
    if state is None or str(state.pk) != request.POST.get("state"):
        messages.error(request, "这项审查已经办理过，或不由您办理。请看现在的情况。")
        return redirect("review:show", page_id)
    action = "reject" if "reject" in request.POST else "approve"
    kind = RejectForm if action == "reject" else state.task.specific.approval_form
    form = kind(request.POST)
    if not form.is_valid():
        context = review_context(page, request.user, {action: form})
        return render(request, "publishing/review/review.html", context, status=422)
    _act(request, page, state, action, form.cleaned_data)
    return redirect("review:show", page_id)


def reviewed_page(request: HttpRequest, page_id: int) -> Any:
    """The latest draft of a page that this user may see in review.

    Raises:
        Http404: there is no such page, or its type takes no part in reviews.
        PermissionDenied: the user has no business with it.
    """
    page = get_object_or_404(Page, pk=page_id).get_latest_revision_as_object()
    if not is_reviewable(page):
        raise Http404
    if not may_see(page, request.user):
        raise PermissionDenied
    return page


def _act(request: HttpRequest, page: Any, state: Any, action: str, data: dict[str, Any]) -> None:
    """Take the step; what is refused is told, with all that is missing."""
    try:
        state.task.specific.on_action(state, request.user, action, **data)
    except ActionRefused as refusal:
        messages.error(request, refusal.message)
        return
    except PublishBlocked as refusal:
        messages.error(request, str(refusal))
        return
    title = page.get_admin_display_title()
    if action == "reject":
        messages.success(request, f"“{title}”已退回编辑修改。")
        return
    live = Page.objects.filter(pk=page.pk, live=True, has_unpublished_changes=False).exists()
    done = "审查全部通过，已发布。" if live else f"{state.task.name}已通过。"
    messages.success(request, f"“{title}”：{done}")


def _cleaned(form: Any) -> dict[str, Any]:
    """What was sent; a form that makes no sense comes from no page of ours."""
    if not form.is_valid():
        raise ReviewRefused("提交的内容不完整，请重新打开页面再试。")
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned
