from typing import Any

from django.urls import reverse

from publishing.forms.review import RejectForm
from publishing.models.review import ReviewRule
from publishing.review.access import may_keep, may_mask, task_for
from publishing.review.approvals import sign_offs
from publishing.review.finds import finds_of
from publishing.review.guarding import (
    authors_of,
    desk_of_step,
    kept_keys,
    obstacle_to_step,
)
from publishing.review.history import history_of


def review_context(page: Any, user: Any, forms: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the page of the review shows: finds with what was decided, sign-offs, forms, history."""
    kept = kept_keys(page)
    rows = [(one, (one.field, one.found.key) in kept) for one in finds_of(page)]
    waiting = [one for one, is_kept in rows if not is_kept]
    state = task_for(page, user)
    return {
        **_frame(page),
        "page_obj": page,
        "revision": page.latest_revision_id,
        "rule": ReviewRule.for_page(page),
        "asks_review": ReviewRule.for_page(page).asks_review(page),
        "waiting": waiting,
        "maskable": [one for one in waiting if one.can_be_masked],
        "kept": [one for one, is_kept in rows if is_kept],
        "may_mask": may_mask(page, user),
        "may_keep": may_keep(page, user),
        "sign_offs": sign_offs(page),
        "state": state,
        "elsewhere": obstacle_to_step(page),
        "desk": desk_of_step(page),
        "is_author": state is not None and user.pk in authors_of(page),
        "approve_form": (forms or {}).get("approve") or _empty_form(state),
        "reject_form": (forms or {}).get("reject") or RejectForm(),
        "history": history_of(page),
    }


def _empty_form(state: Any) -> Any:
    return state.task.specific.approval_form() if state else None


def _frame(page: Any) -> dict[str, Any]:
    """Title and breadcrumbs as Wagtail's page furniture wants them."""
    home = {"url": reverse("wagtailadmin_home"), "label": "首页"}
    editing = reverse("wagtailadmin_pages:edit", args=[page.pk])
    title = page.get_admin_display_title()
    return {
        "header_title": f"审查：{title}",
        "header_icon": "check",
        "breadcrumbs_items": [
            home,
            {"url": editing, "label": title},
            {"url": "", "label": "审查"},
        ],
    }
