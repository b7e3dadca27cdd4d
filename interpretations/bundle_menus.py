"""How joint releases meet Wagtail's admin: buttons, and what is refused on a page's own screens."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from interpretations import bundle_desk_urls
from interpretations.bundle_access import ADD, EXEMPT, may
from interpretations.bundle_gate import obstacle_to_step
from interpretations.bundle_pages import active_member, is_changed
from interpretations.bundle_steps import may_look
from interpretations.models import PolicyPage, ReleaseBundle
from publishing.gates import ActionRefused
from publishing.unit_policy import UnitPermissionPolicy

register_permission_policy(ReleaseBundle, UnitPermissionPolicy(ReleaseBundle, unit_path="unit"))


def addresses() -> list[URLPattern | URLResolver]:
    return [path("", include(bundle_desk_urls))]


def header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From a page to the release that holds it; from a policy to a new one."""
    if member := active_member(page):
        if may_look(member.bundle, user):
            address = reverse("bundles:show", args=[member.bundle_id])
            yield Button(_("同步发布"), url=address, icon_name="link", priority=60)
        return
    if page.specific_class is not PolicyPage:
        return
    policy = page.specific
    if is_changed(page) and may(user, ADD, policy.unit_id):
        address = f"{reverse('bundles:new')}?policy={page.pk}"
        yield Button(_("同步发布"), url=address, icon_name="link", priority=60)
    if policy.get_latest_revision_as_object().needs_interpretation and may(
        user, EXEMPT, policy.unit_id
    ):
        address = reverse("bundles:exempt", args=[page.pk])
        yield Button(_("暂缓解读"), url=address, icon_name="time", priority=61)


def refuse_to_leave(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The one who handed in may end a page's review even where the page is locked."""
    obstacle = obstacle_to_step(page) if "action-cancel-workflow" in request.POST else ""
    if not obstacle:
        return None
    messages.error(request, obstacle)
    return redirect("wagtailadmin_pages:edit", page.pk)


def leave_only_the_lock(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """No button of the editor that would be refused."""
    page = context.get("page")
    if page is not None and obstacle_to_step(page):
        items[:] = [item for item in items if item.name == "action-page-locked"]


def refuse_to_delete(request: HttpRequest, page: Page) -> None:
    """Raise ActionRefused for a page that a release holds."""
    if member := active_member(page):
        raise ActionRefused(f"这个页面在同步发布“{member.bundle}”里，不能删除：请先把它移出。")
