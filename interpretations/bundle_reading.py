"""What the page of a joint release shows: each page's readiness, the step that waits, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from interpretations.bundle_access import CHANGE, PUBLISH, may
from interpretations.bundle_gate import bundle_blockers
from interpretations.bundle_pages import in_order
from interpretations.bundle_steps import (
    Waiting,
    is_as_handed_in,
    lost_reviews,
    may_decide,
    name_of,
    waiting_states,
)
from interpretations.models import BundleMember, ReleaseBundle
from interpretations.together import released_together
from publishing.models import ReviewRule
from publishing.review.access import may_see
from publishing.review.approvals import SignOff, sign_offs
from publishing.review.finds import PageFind
from publishing.review.guarding import authors_of, is_reviewable, open_finds

FINDS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Readiness:
    """A page of the release as it would go public."""

    member: BundleMember
    page: Any
    missing: Sequence[str]
    finds: Sequence[PageFind]
    sign_offs: Sequence[SignOff]
    has_changed: bool
    may_review: bool

    @property
    def kind(self) -> str:
        return str(self.page._meta.verbose_name)

    @property
    def shown_finds(self) -> Sequence[PageFind]:
        return self.finds[:FINDS_SHOWN]

    @property
    def is_ready(self) -> bool:
        unsigned = any(not one.holds for one in self.sign_offs)
        return not (self.missing or self.finds or unsigned or self.has_changed)


def readiness(bundle: ReleaseBundle, user: Any) -> list[Readiness]:
    """Every page in the order of going public, looked at together with the others."""
    related = ("page", "revision", "workflow_state")
    members = in_order(bundle.members.select_related(*related))
    pages = [_latest(member.page) for member in members]
    with released_together(pages):
        return [
            _of(bundle, member, page, user) for member, page in zip(members, pages, strict=True)
        ]


def _latest(page: Any) -> Any:
    latest = page.get_latest_revision()
    return latest.as_object() if latest else page.specific


def _of(bundle: ReleaseBundle, member: BundleMember, page: Any, user: Any) -> Readiness:
    asked = ReviewRule.for_page(page)
    missing = [*page.publish_blockers(), *bundle_blockers(page)]
    searched = is_reviewable(page) and asked.search_personal_data
    return Readiness(
        member=member,
        page=page,
        missing=[one.message for one in missing],
        finds=open_finds(page) if searched else [],
        sign_offs=sign_offs(page) if asked.asks_review(page) else [],
        has_changed=bundle.is_ready and not is_as_handed_in(member),
        may_review=is_reviewable(page) and may_see(page, user),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What waits for the reader, and what he may do besides."""

    waiting: Waiting
    is_asked: bool
    is_author: bool
    may_change: bool
    may_publish: bool
    lost: Sequence[str]

    @property
    def name(self) -> str:
        return name_of(self.waiting)

    @property
    def states(self) -> list[int]:
        return [state.pk for _member, state in self.waiting]


def step_of(bundle: ReleaseBundle, user: Any) -> Step:
    waiting = waiting_states(bundle)
    asked = may_decide(bundle, waiting, user)
    members = bundle.members.select_related("workflow_state")
    return Step(
        waiting=waiting,
        is_asked=asked,
        is_author=asked and _is_author(waiting, user),
        may_change=may(user, CHANGE, bundle.unit_id),
        may_publish=may(user, PUBLISH, bundle.unit_id),
        lost=lost_reviews(bundle, members),
    )


def _is_author(waiting: Waiting, user: Any) -> bool:
    """Whether the user wrote any of the pages; asked only where a review has a conclusion."""
    member, state = waiting[0] if waiting else (None, None)
    if member is None or not hasattr(state, "levels"):
        return False
    return user.pk in authors_of(member.page.specific)  # type: ignore[union-attr] # it waits


def history_of(bundle: ReleaseBundle) -> QuerySet[ModelLogEntry]:
    """What the audit trail says of it, the latest first (rule G2)."""
    kind = ContentType.objects.get_for_model(bundle)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(bundle.pk))
    return entries.select_related("user").order_by("-timestamp", "-pk")
