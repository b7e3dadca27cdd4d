from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.models import Page

from publishing.fixed import refuse_moving
from publishing.gates import ActionRefused, Blocker, PublishBlocked
from publishing.review.guarding import obstacle_to_step
from publishing.view_names import (
    ADMIN_API,
    CONFIRM_MOVE,
    EDIT,
    MOVE,
    WORKFLOW_ACTION,
    view_name,
)


class PublishBlockedMiddleware:
    """Answers what the admin refuses with the reasons, whatever route it took: a publication with
    the list of what is missing; copying, moving, deleting with why not and what to do instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Say why a page can't be moved, where Wagtail would only say that one may not; and refuse
        the steps of a review that are taken elsewhere, whatever task they are of, or twice."""
        if view_name(request) == EDIT and _is_autosaved_step(request):
            told = {"success": False, "error_code": "step", "error_message": "正在办理送审"}
            return JsonResponse(told, status=409, json_dumps_params={"ensure_ascii": False})
        if view_name(request) == WORKFLOW_ACTION:
            return self._refuse_step(request, kwargs["page_id"])
        if view_name(request) not in {MOVE, CONFIRM_MOVE}:
            return None
        page = Page.objects.filter(pk=kwargs["page_to_move_id"]).first()
        if page is None or not page.permissions_for_user(request.user).can_move():
            return None
        try:
            refuse_moving(page.specific)
        except ActionRefused as refusal:
            return self.process_exception(request, refusal)
        return None

    def _refuse_step(self, request: HttpRequest, page_id: int) -> HttpResponse | None:
        page = Page.objects.filter(pk=page_id).first()
        if page is None or not page.permissions_for_user(request.user).can_edit():
            return None
        obstacle = obstacle_to_step(page)
        return self.process_exception(request, ActionRefused(obstacle)) if obstacle else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, PublishBlocked):
            return _answer(request, error.blockers, "publishing/publish_blocked.html")
        if isinstance(error, ActionRefused):
            reasons = [Blocker("", error.message)]
        elif isinstance(error, ProtectedError) and request.user.is_authenticated:
            reasons = [Blocker("", _why_kept(request, error))]
        else:
            return None
        return _answer(request, reasons, "publishing/action_refused.html")


def _answer(request: HttpRequest, reasons: list[Blocker], template: str) -> HttpResponse:
    """A page, or for the API its message, with the status 403."""
    if view_name(request).startswith(ADMIN_API):
        message = "".join(reason.message for reason in reasons)
        return JsonResponse(
            {"message": message}, status=403, json_dumps_params={"ensure_ascii": False}
        )
    if view_name(request) == WORKFLOW_ACTION and _is_modal(request):
        told = {"blockers": reasons}
        modal: HttpResponse = render_modal_workflow(
            request, "publishing/review/refused_modal.html", None, told, {"step": "action"}
        )
        return modal
    back = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("wagtailadmin_home")
    editing = view_name(request) == EDIT and request.method == "POST"
    context: dict[str, Any] = {"blockers": reasons, "back": back, "is_editing": editing}
    return render(request, template, context, status=403)


def _is_autosaved_step(request: HttpRequest) -> bool:
    """Whether the editor, which saves by itself, sends along a step that a reviewer's click is just
    sending: it would be taken again, with the task that comes next."""
    return "action-workflow-action" in request.POST and not request.accepts("text/html")


def _is_modal(request: HttpRequest) -> bool:
    """Whether a window of Wagtail's in the page waits for what to show."""
    return request.headers.get("x-requested-with") == "XMLHttpRequest"


def _why_kept(request: HttpRequest, error: ProtectedError) -> str:
    """What refers to the thing that was to be deleted, and what to do instead."""
    kinds = Counter(str(row._meta.verbose_name) for row in error.protected_objects)
    found = "、".join(f"{kind}{count}条" for kind, count in sorted(kinds.items()))
    return f"不能删除：还有记录与它相连（{found}），这些记录必须保留。{_instead(request)}"


def _instead(request: HttpRequest) -> str:
    name = view_name(request)
    model = request.resolver_match.kwargs.get("model_name") if request.resolver_match else None
    if name.startswith(("wagtailadmin_pages:", "wagtailadmin_api:pages")) or model == "page":
        return "如不再公开，请改用“取消发布”。"
    if name.startswith("wagtailusers_users:") or model == "user":
        return "如本人不再使用，请停用该帐号：编辑用户，取消勾选“有效”。"
    return "请先解除这些关联。"
