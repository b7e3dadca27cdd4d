from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from consultation import desk_urls, log_actions
from consultation.access import DECIDE, ROLE_RIGHTS, VIEW, may
from consultation.models import DecisionDraftPage, Opinion, ReasonTemplate, Response
from consultation.reviewed_extras import counted_table
from consultation.viewsets.opinion_bulk import OPINION_ACTIONS
from consultation.viewsets.opinions import OpinionViewSet
from consultation.viewsets.reason_templates import ReasonTemplateViewSet
from consultation.viewsets.response_bulk import DecideResponses
from consultation.viewsets.responses import ResponseViewSet
from people.models import Contact
from publishing.enums import Role
from publishing.unit_policy import UnitPermissionPolicy

register_permission_policy(Opinion, UnitPermissionPolicy(Opinion, unit_path="draft__unit"))
register_permission_policy(Response, UnitPermissionPolicy(Response, unit_path="draft__unit"))
register_permission_policy(
    ReasonTemplate, UnitPermissionPolicy(ReasonTemplate, unit_path="unit", shared=True)
)

for bulk_action in (*OPINION_ACTIONS, DecideResponses):
    hooks.register("register_bulk_action", bulk_action)


class DeskViewSetGroup(ModelViewSetGroup):
    """The desk's entry in the menu."""

    items = (OpinionViewSet, ResponseViewSet, ReasonTemplateViewSet)
    menu_label = _("意见办理")
    menu_icon = "comment"
    menu_order = 150


@hooks.register("register_admin_viewset")
def desk_viewsets() -> DeskViewSetGroup:
    return DeskViewSetGroup()


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern | URLResolver]:
    return [path("", include(desk_urls))]


@hooks.register("register_unit_rights")
def unit_rights() -> dict[Role, list[str]]:
    return ROLE_RIGHTS


@hooks.register("register_call_matters")
def opinions_of(contact: Contact) -> Iterable[Opinion]:
    return Opinion.objects.filter(submission__contact=contact).order_by("number")


@hooks.register("register_reviewed_extras")
def reviewed_extras(page: Any) -> dict[str, Any] | None:
    return counted_table(page)


@hooks.register("register_log_actions")
def audit_trail(actions: LogActionRegistry) -> None:
    log_actions.register(actions)


@hooks.register("register_page_header_buttons")
def header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from _desk_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from _desk_buttons(page, user)


def _desk_buttons(page: Page, user: Any) -> Iterator[Button]:
    """From a draft to its opinions and, once it is closed, to its result."""
    if page.specific_class is not DecisionDraftPage or not page.first_published_at:
        return
    draft = page.specific
    if may(user, VIEW, draft):
        opinions = f"{reverse('opinion:index')}?draft={draft.pk}"
        yield Button(_("办理意见"), url=opinions, icon_name="comment", priority=80)
    if may(user, DECIDE, draft) and draft.closes_at and not draft.is_open:
        address = reverse("desk:result", args=[draft.pk])
        yield Button(_("采纳情况反馈"), url=address, icon_name="doc-full", priority=81)
