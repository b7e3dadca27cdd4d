"""Who may see a page's review, mask what was found, and decide that something stays."""

from typing import Any

from publishing.models.review import ReviewRule, ReviewTask, ReviewTaskState
from publishing.review.guarding import authors_of


def task_for(page: Any, user: Any) -> ReviewTaskState | None:
    """The review that waits for this user: his group's, be he an author or not."""
    state = page.current_workflow_task_state
    if not isinstance(state, ReviewTaskState):
        return None
    task = state.task.specific
    is_asked = isinstance(task, ReviewTask) and task.get_actions(page, user)
    return state if is_asked else None


def may_see(page: Any, user: Any) -> bool:
    return bool(page.permissions_for_user(user).can_edit() or task_for(page, user))


def may_mask(page: Any, user: Any) -> bool:
    """Whoever may change the text now, or this of it: a lock may have ``lets_mask``."""
    lock = page.get_lock()
    is_open = lock is None or not lock.for_user(user)
    return may_see(page, user) and (is_open or _lets_mask(lock, user))


def _lets_mask(lock: Any, user: Any) -> bool:
    return hasattr(lock, "lets_mask") and bool(lock.lets_mask(user))


def may_keep(page: Any, user: Any) -> bool:
    """Whoever may answer for it before the public: a reviewer, and not the author where the site
    wants another one to look."""
    if not may_mask(page, user):
        return False
    answers = task_for(page, user) or page.permissions_for_user(user).can_publish()
    if not answers:
        return False
    return not ReviewRule.for_page(page).asks_review(page) or user.pk not in authors_of(page)
