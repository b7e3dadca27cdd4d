"""The review of a joint release: the pages' own reviews, begun and decided together."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from interpretations.bundle_gate import bundle_blockers
from interpretations.bundle_pages import in_order, is_changed
from interpretations.bundle_refusals import BundleRefused, StateChanged
from interpretations.bundle_steps import is_as_handed_in, lost_reviews, waiting_states
from interpretations.enums import BundleState
from interpretations.models import BundleMember, ReleaseBundle
from interpretations.services.bundles import end_reviews, lock_pages, locked, move, record
from interpretations.together import decided_together, released_together
from publishing.gates import ActionRefused
from publishing.models.review import ReviewTaskState
from publishing.review.digest import digest
from publishing.review.guarding import ask_anew, is_stale, obstacle_to_approval

FEWEST = 2


@transaction.atomic
def hand_in_bundle(*, bundle: ReleaseBundle, user: Any) -> list[str]:
    """Pin what each page says now and begin its review; returns what else was done, in Chinese.

    Raises:
        BundleRefused: a page lacks something. StateChanged: it is handed in already.
    """
    bundle = locked(bundle)
    if not bundle.is_editable:
        raise StateChanged(f"“{bundle}”现在是“{bundle.get_state_display()}”，不能送审。")
    members = in_order(bundle.members.select_related("page"))
    lock_pages(members)
    if lacking := list(_lacking(bundle, members)):
        raise BundleRefused("".join(lacking))
    done = [words for member in members for words in _pin(member, user)]
    move(bundle, BundleState.IN_REVIEW, handed_in_by=user, handed_in_at=timezone.now())
    with decided_together(_keys(members)):
        for member in members:
            _begin(member, user)
    record(bundle, "handed_in", user)
    return done


def approve_bundle(
    *, bundle: ReleaseBundle, user: Any, states: Collection[int], said: Mapping[str, Any]
) -> ReleaseBundle:
    """The step that waits is passed for all pages; after the last one the release is approved.

    ``states``: the ids of the task states that the reviewer was shown.

    Raises:
        BundleRefused: this person may not, a page was changed, a find is open.
        StateChanged: the step was taken already.
    """
    if _begin_anew_what_changed(bundle, user):
        raise StateChanged("有页面在送审以后改动过，请看过改动以后再审查。")
    with transaction.atomic():
        bundle = locked(bundle)
        members = in_order(bundle.members.select_related("page"))
        lock_pages(members)
        waiting = _asked_about(bundle, states)
        if not waiting and (lost := lost_reviews(bundle, members)):
            words = f"“{lost[0]}”的送审已被单独撤回或退回，请收回后重新送审。"
            raise BundleRefused(words)
        with decided_together(_keys(members)):
            # All are asked before the first is decided: Wagtail's mails don't wait for the commit.
            for member, state in waiting:
                _refuse_approval(member, state, user)
            for member, state in waiting:
                _decide(member, state, user, "approve", said)
        _finish(bundle, members, user)
    return bundle


@transaction.atomic
def reject_bundle(
    *, bundle: ReleaseBundle, user: Any, states: Collection[int], comment: str
) -> ReleaseBundle:
    """Back to the editors, all pages of it.

    Raises:
        StateChanged: the step was taken already.
    """
    bundle = locked(bundle)
    members = list(bundle.members.select_related("page"))
    with decided_together(_keys(members)):
        for member, state in _asked_about(bundle, states):
            _decide(member, state, user, "reject", {"comment": comment})
        end_reviews(bundle, user)
    move(bundle, BundleState.RETURNED)
    record(bundle, "returned", user, reason=comment)
    return bundle


def _keys(members: Collection[BundleMember]) -> list[int]:
    return [member.page_id for member in members if member.page_id is not None]


def _lacking(bundle: ReleaseBundle, members: list[BundleMember]) -> Iterator[str]:
    if bundle.members.filter(page__isnull=True).exists():
        yield "有页面已被删除，请编辑同步发布，重新选择页面。"
    if len(members) < FEWEST:
        yield "同步发布至少要有两个页面。"
    latest = [member.page.get_latest_revision().as_object() for member in members]  # type: ignore[union-attr] # in_order
    with released_together(latest):
        for page in latest:
            if not is_changed(page):
                yield f"“{page.title}”已经发布，没有改动，请把它移出。"
            if page.expire_at and page.expire_at <= timezone.now():
                yield f"“{page.title}”的到期时间已过，请在它的编辑页清除。"
            if missing := [*page.publish_blockers(), *bundle_blockers(page)]:
                yield f"“{page.title}”还不完整：{''.join(one.message for one in missing)}"


def _pin(member: BundleMember, user: Any) -> Iterator[str]:
    """The latest content, without a time of its own to go public at."""
    page = member.page.specific  # type: ignore[union-attr] # in_order
    latest = page.get_latest_revision()
    content = latest.as_object()
    scheduled = page.revisions.filter(approved_go_live_at__isnull=False)
    if scheduled.update(approved_go_live_at=None) or content.go_live_at:
        yield f"“{content.title}”单独设的发布时间已取消，随同步发布一起公布。"
    if content.go_live_at:
        content.go_live_at = None
        latest = content.save_revision(user=user, log_action=True)
    if state := page.current_workflow_state:
        state.cancel(user=user)
        yield f"“{content.title}”原来单独的送审已撤回，随同步发布一起送审。"
    member.title, member.revision = content.title, latest
    member.digest, member.workflow_state = digest(latest.as_object()), None
    member.save()


def _begin(member: BundleMember, user: Any) -> None:
    """The page's own workflow; where its column has none, there is only the release's approval."""
    page = Page.objects.get(pk=member.page_id).specific
    workflow = page.get_workflow()
    if workflow:
        member.workflow_state = workflow.start(page, user)
        member.save(update_fields=["workflow_state"])


def _begin_anew_what_changed(bundle: ReleaseBundle, user: Any) -> bool:
    """Whoever looks next is asked about the content of now (the lock keeps people from changing
    it, not programs). Outside of the transaction that is refused."""
    changed = [
        state
        for member, state in waiting_states(bundle)
        if isinstance(state, ReviewTaskState) and is_stale(state, member.page.get_latest_revision())  # type: ignore[union-attr] # it waits
    ]
    for state in changed:
        ask_anew(state, user)
    return bool(changed)


def _asked_about(
    bundle: ReleaseBundle, states: Collection[int]
) -> list[tuple[BundleMember, TaskState]]:
    waiting = waiting_states(bundle)
    if bundle.state != BundleState.IN_REVIEW or {state.pk for _m, state in waiting} != set(states):
        raise StateChanged("这一步已经有人办理过，请看现在的情况。")
    return waiting


def _refuse_approval(member: BundleMember, state: Any, user: Any) -> None:
    """Raise BundleRefused if this person can't approve this page as it is now."""
    if isinstance(state, ReviewTaskState):
        if obstacle := obstacle_to_approval(state, user):
            raise BundleRefused(f"“{member.title}”：{obstacle}")
    elif not is_as_handed_in(member):
        raise BundleRefused(f"“{member.title}”在送审以后改动过，请退回后重新送审。")


def _decide(
    member: BundleMember, state: Any, user: Any, action: str, said: Mapping[str, Any]
) -> None:
    try:
        state.task.specific.on_action(state, user, action, **said)
    except ActionRefused as refusal:
        raise BundleRefused(f"“{member.title}”：{refusal.message}") from None


def _finish(bundle: ReleaseBundle, members: list[BundleMember], user: Any) -> None:
    """What was approved is pinned; when nobody is left to look, the release is approved."""
    begun = [member.workflow_state_id for member in members if member.workflow_state_id]
    done = WorkflowState.objects.filter(pk__in=begun, status=WorkflowState.STATUS_APPROVED)
    if done.count() < len(begun):
        record(bundle, "step", user)
        return
    for member in members:
        revision = member.page.get_latest_revision()  # type: ignore[union-attr] # in_order
        member.revision, member.digest = revision, digest(revision.as_object())
        member.save(update_fields=["revision", "digest"])
    move(bundle, BundleState.APPROVED, approved_by=user, approved_at=timezone.now())
    record(bundle, "approved", user)
