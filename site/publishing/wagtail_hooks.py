from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry, Page

from publishing import log_actions as review_log
from publishing import review_urls
from publishing.fixed import refuse_copying
from publishing.gates import Blocker
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known
from publishing.models.review import ReviewTaskState
from publishing.refusals import blockers_of, pages_to_publish, tell_missing
from publishing.review.access import may_see
from publishing.review.approvals import review_blockers
from publishing.review.guarding import ask_anew, is_reviewable
from publishing.views.importing import import_document
from publishing.views.page_actions import CarefulPages
from publishing.viewsets import HouseViewSetGroup


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern | URLResolver]:
    return [
        path("import/<id:page_id>/", import_document, name="publishing_import"),
        path("review/", include(review_urls)),
    ]


@hooks.register("register_admin_viewset")
def house_viewsets() -> HouseViewSetGroup:
    return HouseViewSetGroup()


@hooks.register("insert_editor_js")
def chinese_table_editor() -> str:
    """Before the tables are drawn, after the script that draws them."""
    return format_html('<script src="{}"></script>', static("publishing/table-words.js"))


@hooks.register("insert_global_admin_js")
def dates_as_typed() -> str:
    """After the date picker, before it is put on a field."""
    return format_html('<script src="{}"></script>', static("publishing/date-fields.js"))


@hooks.register("before_publish_page")
def name_what_is_missing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Back to the editor with the list; the draft is saved already, the form is not lost."""
    blockers = blockers_of(page)
    if not blockers:
        return None
    tell_missing(request, page, blockers)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_copy_page")
def refuse_what_stays_single(request: HttpRequest, page: Page) -> None:
    """Wagtail's screen of copying calls no method of the page that could refuse."""
    alias, below = "alias" in request.POST, "copy_subpages" in request.POST
    refuse_copying(page, alias=alias, recursive=below)


@hooks.register("construct_admin_api")
def careful_api(router: Any) -> None:
    router.register_endpoint("pages", CarefulPages)


@hooks.register("before_bulk_action")
def name_blocked_pages(
    request: HttpRequest, action_type: str, pages: list[Any], action: Any
) -> HttpResponse | None:
    """Publishing several: all or none, and every one that lacks something is named."""
    if action_type != "publish" or not issubclass(action.model, Page):
        return None
    below = action.cleaned_form.cleaned_data.get("include_descendants", False)
    refused = False
    for page in pages_to_publish(pages, with_descendants=below):
        if blockers := blockers_of(page):
            tell_missing(request, page, blockers)
            refused = True
    back = action.next_url if action.next_url != request.path else "wagtailadmin_home"
    return redirect(back) if refused else None


@hooks.register("register_publish_blockers")
def review_asks(page: Any) -> list[Blocker]:
    return review_blockers(page)


@hooks.register("after_edit_page")
def review_what_was_changed(request: HttpRequest, page: Page) -> None:
    """Whoever looks next is asked about the content of now."""
    state = page.current_workflow_task_state
    if isinstance(state, ReviewTaskState):
        ask_anew(state, request.user)


@hooks.register("register_page_header_buttons")
def review_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From the editor to the review."""
    specific = page.specific
    if is_reviewable(specific) and may_see(specific, user):
        address = reverse("review:show", args=[page.pk])
        yield Button(_("审查"), url=address, icon_name="check", priority=70)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    review_log.register(actions)

    @actions.register_action("publishing.schedule_refused")
    class ScheduleRefused(LogFormatter):
        label = "定时发布未成功"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return "定时发布未成功：" + "".join(log_entry.data.get("missing", []))
