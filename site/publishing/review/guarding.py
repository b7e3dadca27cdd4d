"""Who may approve a review, and what: somebody else, and what was asked about."""

from datetime import datetime
from typing import Any

from django.apps import apps
from wagtail import hooks
from wagtail.models import Revision, TaskState, WorkflowState

from publishing.enums import FindOutcome, ReviewKind
from publishing.gates import PublishGate
from publishing.review.digest import digest
from publishing.review.finds import PageFind, finds_of

_OWN = "您编辑过或送审了这份内容，不能由您审查。请由其他审核人员办理。"
_CHANGED = "内容在送审以后有改动，不能按原来的内容通过。请重新打开页面，看过改动以后再审查。"
_WAITING = "还有{}处查到的个人信息没有处理：请先遮盖，或写明保留的理由。"


def obstacle_to_approval(state: Any, user: Any) -> str:
    """Why this person can't approve this, in Chinese; empty if nothing is in the way."""
    page = state.workflow_state.content_object.specific
    latest = page.get_latest_revision()
    if user is None or user.pk in authors_of(page):
        return _OWN
    if is_stale(state, latest):
        return _CHANGED
    if state.task.specific.kind != ReviewKind.PRIVACY:
        return ""
    waiting = len(open_finds(latest.as_object()))
    return _WAITING.format(waiting) if waiting else ""


def is_stale(state: Any, latest: Any) -> bool:
    """Whether the content is no longer what the task was started with."""
    return state.revision_id != latest.pk or state.digest != digest(latest.as_object())


def ask_anew(state: Any, user: Any) -> None:
    """Let the task begin again with the content of now, if that has changed."""
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return
    page = state.workflow_state.content_object.specific
    if is_stale(state, page.get_latest_revision()):
        state.cancel(user=user, resume=True, comment="内容有改动，重新审查")


def obstacle_to_step(page: Any) -> str:
    """Why no step can be taken with the page by itself, in Chinese; features say so by the hook
    ``register_review_obstacles``, a function of the page."""
    said = (ask(page) for ask in hooks.get_hooks("register_review_obstacles"))
    return next(filter(None, said), "")


def desk_of_step(page: Any) -> str:
    """Where the steps are taken instead; features say so by the hook ``register_review_desks``, a
    function of the page."""
    said = (ask(page) for ask in hooks.get_hooks("register_review_desks"))
    return next(filter(None, said), "")


def authors_of(page: Any) -> set[int]:
    """Who wrote or handed in the page, or one that is reviewed with it: features name those by the
    hook ``register_reviewed_together``, a function of the page."""
    others = (ask(page) for ask in hooks.get_hooks("register_reviewed_together"))
    pages = [page, *(one for found in others for one in found)]
    return set().union(*map(_own_authors, pages))


def _own_authors(page: Any) -> set[int]:
    """Who wrote or handed in what is now to be approved: since the last approval, if there is one.

    Who only masked finds, or saved the content as it was, wrote nothing: Wagtail's editor saves
    before it gives a page back or is refused, and one reviewer may be all that an office has.
    """
    since = _last_approval(page)
    revisions: Any = Revision.page_revisions.filter(object_id=str(page.pk), user__isnull=False)
    states = WorkflowState.objects.for_instance(page).active()
    found = set(states.exclude(requested_by=None).values_list("requested_by_id", flat=True))
    if since is not None:
        revisions = revisions.filter(created_at__gt=since)
    elif page.owner_id:
        found.add(page.owner_id)
    masking = _masking_digests(page)
    for revision in revisions.exclude(user_id__in=found).order_by("-pk"):
        if revision.user_id in found:
            continue
        if digest(revision.as_object()) not in (masking.get(revision.pk), _digest_before(revision)):
            found.add(revision.user_id)
    return found


def _digest_before(revision: Any) -> str:
    """What the page said until this revision was saved; empty if it is the first that is kept."""
    earlier = Revision.page_revisions.filter(object_id=revision.object_id, pk__lt=revision.pk)
    last = earlier.order_by("-pk").first()
    return digest(last.as_object()) if last else ""


def _masking_digests(page: Any) -> dict[int, str]:
    decisions: Any = apps.get_model("publishing", "FindDecision").objects
    rows = decisions.filter(page=page.pk, outcome=FindOutcome.MASKED, revision__isnull=False)
    return dict(rows.values_list("revision_id", "digest"))


def _last_approval(page: Any) -> datetime | None:
    """When the last review of the page ended well."""
    states = TaskState.objects.filter(
        workflow_state__in=WorkflowState.objects.for_instance(page).filter(
            status=WorkflowState.STATUS_APPROVED
        ),
        status=TaskState.STATUS_APPROVED,
    )
    last = states.order_by("-finished_at").first()
    return last.finished_at if last else None


def kept_keys(page: Any) -> set[tuple[str, str]]:
    """The finds of the page that stay, each for a reason."""
    decisions: Any = apps.get_model("publishing", "FindDecision").objects
    rows = decisions.filter(page=page.pk, outcome=FindOutcome.KEPT)
    return set(rows.values_list("field", "key"))


def open_finds(page: Any) -> list[PageFind]:
    """The finds of the page in memory that nobody has decided about."""
    found = finds_of(page)
    kept = kept_keys(page) if found and page.pk else set()
    return [one for one in found if (one.field, one.found.key) not in kept]


def is_reviewable(page: Any) -> bool:
    """Whether the page's type takes part in reviews."""
    return isinstance(page, PublishGate) and page.reviewable
