"""Where the review of a joint release stands, and who may take the next step."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import TaskState, WorkflowState

from interpretations.bundle_access import PUBLISH, VIEW, may
from interpretations.bundle_pages import in_order
from interpretations.enums import BundleState
from interpretations.models import BundleMember, ReleaseBundle
from publishing.models import PrivacyTask, SecrecyTask
from publishing.models.review import ReviewTaskState
from publishing.review.digest import digest

Waiting = list[tuple[BundleMember, Any]]


def waiting_states(bundle: ReleaseBundle) -> Waiting:
    """The pages' task states that are decided next, by one click: those of the first kind, where
    the columns have different workflows."""
    members = bundle.members.select_related("page", "workflow_state__current_task_state__task")
    found = [(member, _state(member)) for member in in_order(members)]
    there = [(member, state) for member, state in found if state is not None]
    first = min((_kind(state) for _member, state in there), default=None)
    return [(member, state) for member, state in there if _kind(state) == first]


def _state(member: BundleMember) -> Any:
    workflow = member.workflow_state
    if workflow is None or workflow.status != WorkflowState.STATUS_IN_PROGRESS:
        return None
    state = workflow.current_task_state
    return state.specific if state and state.status == TaskState.STATUS_IN_PROGRESS else None


def _kind(state: Any) -> tuple[int, int]:
    """First personal data, which masking changes; then secrecy; then what the office asks besides,
    task by task."""
    task = state.task.specific
    for place, kind in enumerate((PrivacyTask, SecrecyTask)):
        if isinstance(task, kind):
            return place, 0
    return 2, task.pk


def form_of(waiting: Waiting) -> Any:
    """The class of the form that approves; None where the office asks for no conclusion."""
    state: Any = waiting[0][1] if waiting else None
    is_review = isinstance(state, ReviewTaskState)
    return state.task.specific.approval_form if is_review else None


def name_of(waiting: Waiting) -> str:
    return str(waiting[0][1].task) if waiting else "审核"


def may_decide(bundle: ReleaseBundle, waiting: Waiting, user: Any) -> bool:
    """Whether the step waits for this user, be he an author or not."""
    if bundle.state != BundleState.IN_REVIEW:
        return False
    if not waiting:
        return may(user, PUBLISH, bundle.unit_id)
    return all(
        any(
            name == "approve" for name, *_rest in state.task.specific.get_actions(member.page, user)
        )
        for member, state in waiting
    )


def may_look(bundle: ReleaseBundle, user: Any) -> bool:
    """The unit's own people, and whom its columns' workflows ask for a look."""
    asked = bundle.state == BundleState.IN_REVIEW
    return may(user, VIEW, bundle.unit_id) or (
        asked and may_decide(bundle, waiting_states(bundle), user)
    )


def lost_reviews(bundle: ReleaseBundle, members: Iterable[BundleMember]) -> list[str]:
    """Pages whose own review was ended past the release, by a program or an administrator."""
    if bundle.state != BundleState.IN_REVIEW:
        return []
    going = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_APPROVED)
    return [
        member.title
        for member in members
        if member.workflow_state and member.workflow_state.status not in going
    ]


def is_as_handed_in(member: BundleMember) -> bool:
    """Whether the page still says what was handed in, or approved, whatever revision says it."""
    latest = member.page.get_latest_revision() if member.page else None
    return latest is not None and digest(latest.as_object()) == member.digest
