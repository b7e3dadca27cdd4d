"""Which sign-offs a content has, and what the gate says without them (rules R1, R2)."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from wagtail.models import TaskState

from publishing.enums import ReviewKind
from publishing.gates import Blocker
from publishing.review.digest import digest
from publishing.review.guarding import is_reviewable, open_finds

_STATES = {ReviewKind.PRIVACY: "PrivacyTaskState", ReviewKind.SECRECY: "SecrecyTaskState"}
_FINISHED = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)


@dataclass(frozen=True, slots=True)
class SignOff:
    """The latest word of one kind on a page. ``holds``: it approves just this content."""

    kind: ReviewKind
    state: Any
    holds: bool


def sign_offs(page: Any) -> list[SignOff]:
    """One for each kind; ``state`` is None where nobody has looked yet."""
    now = digest(page)
    found = []
    for kind, model in _STATES.items():
        rows: Any = apps.get_model("publishing", model)._default_manager
        finished = rows.filter(
            workflow_state__object_id=str(page.pk),
            workflow_state__base_content_type=page.get_base_content_type(),
            status__in=_FINISHED,
        ).select_related("finished_by")
        latest = finished.order_by("-finished_at", "-pk")
        own = latest.filter(digest=now).first()
        holds = own is not None and own.status == TaskState.STATUS_APPROVED
        found.append(SignOff(kind, own or latest.first(), holds))
    return found


def review_blockers(page: Any) -> list[Blocker]:
    """What rules R1 and R2 still ask before this content may be public."""
    if not is_reviewable(page):
        return []
    rule: Any = apps.get_model("publishing", "ReviewRule")
    asked = rule.for_page(page)
    found = _missing_sign_offs(page) if asked.asks_review(page) else []
    if asked.search_personal_data and (waiting := open_finds(page)):
        kinds = "、".join(dict.fromkeys(one.found.label for one in waiting))
        words = f"有{len(waiting)}处疑似个人信息（{kinds}）没有处理"
        found.append(Blocker("title", f"{words}：请在“审查”里遮盖，或写明保留的理由。"))
    return found


def _missing_sign_offs(page: Any) -> list[Blocker]:
    if page.pk is None:
        return [Blocker("title", "须先送审，通过个人信息审查和保密审查以后才能发布。")]
    missing = []
    for sign_off in sign_offs(page):
        if sign_off.holds:
            continue
        was = sign_off.state is not None and sign_off.state.status == TaskState.STATUS_APPROVED
        words = "以后内容有改动，请重新送审。" if was else "还没有通过，请送审。"
        missing.append(Blocker("title", f"{sign_off.kind.label}{words}"))
    return missing
