"""What the editor and the reviewer read after a step of the review: Wagtail says only "saved"."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from wagtail.admin import messages
from wagtail.models import Page

from publishing.gates import PublishGate

_HANDING_IN = ("action-submit", "action-restart-workflow")


def tell_step(request: HttpRequest, page: Any) -> None:
    """Say what is missing of a page that was handed in, or what the reviewer's step has done."""
    if any(name in request.POST for name in _HANDING_IN):
        _warn_of_missing(request, page)
    elif "action-workflow-action" in request.POST:
        _name_step(request, page, request.POST.get("workflow-action-name", ""))


def _warn_of_missing(request: HttpRequest, page: Any) -> None:
    """The page is handed in all the same: the reviewer may see it before all is there."""
    blockers = page.publish_blockers() if isinstance(page, PublishGate) else []
    if not blockers:
        return
    items = format_html_join("", "<li>{}</li>", ((blocker.message,) for blocker in blockers))
    told = "“{}”已送审，但还缺{}项，审核人批准时会被拒绝：<ul>{}</ul>"
    title = page.get_admin_display_title()
    messages.warning(request, format_html(told, title, len(blockers), items))


def _name_step(request: HttpRequest, page: Any, step: str) -> None:
    title = page.get_admin_display_title()
    if step == "reject":
        messages.success(request, f"“{title}”已退回编辑修改。")
        return
    stored = Page.objects.get(pk=page.pk)
    state = stored.current_workflow_task_state
    if stored.live and stored.live_revision_id == stored.latest_revision_id:
        messages.success(request, f"“{title}”已批准并发布。")
    elif state and state.task_id != _task_before(state):
        messages.success(request, f"“{title}”已批准，还没有发布：下一步是“{state.task.name}”。")
    elif state and _may_approve(stored, request):
        told = f"“{title}”的内容有改动，还没有发布：请对改动后的内容再批准一次。"
        messages.warning(request, told)
    else:
        messages.success(request, f"“{title}”已批准。")


def _task_before(state: Any) -> int | None:
    """The task that was approved last; the same one again asks about what was changed since."""
    earlier = state.workflow_state.task_states.exclude(pk=state.pk).order_by("-pk")
    return earlier.values_list("task_id", flat=True).first()


def _may_approve(page: Page, request: HttpRequest) -> bool:
    """Whether the same person is asked again: an edit asks for a new approval (base.py)."""
    state = page.current_workflow_task_state
    actions = state.task.specific.get_actions(page, request.user) if state else []
    return any(name == "approve" for name, _label, _modal in actions)
