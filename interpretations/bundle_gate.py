"""What the gate says of joint releases (rule P1), on every route to publication."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from interpretations.bundle_pages import active_member
from interpretations.models import InterpretationPage, PolicyPage
from interpretations.together import companion, companions, is_decided_together
from publishing.gates import ActionRefused, Blocker

ALONE = (
    "这份文件需要解读，不能单独发布：请点“同步发布”，和解读一起发布；"
    "确实来不及的，由审核人员先办理“暂缓解读”。"
)


def bundle_blockers(page: Any) -> list[Blocker]:
    """What keeps the page from going public by itself; nothing while its release publishes it."""
    return [*_held(page), *_alone(page)]


def bundle_advice(page: Any) -> list[str]:
    """The same for the editor, who would learn it from a refusal else; a page in a release needs
    to be told of the release alone."""
    found = list(_held(page)) or list(_alone(page))
    return [blocker.message for blocker in found]


def _held(page: Any) -> Iterator[Blocker]:
    if companion(page.pk) is not None:
        return
    member = active_member(page)
    if member:
        words = (
            f"这个页面在同步发布“{member.bundle}”里，只能和其他页面一起发布："
            "请到“同步发布”里办理，或者先把它移出。"
        )
        yield Blocker("title", words)


def _alone(page: Any) -> Iterator[Blocker]:
    """A policy that needs an interpretation, and goes public without one."""
    if not isinstance(page, PolicyPage) or not page.needs_interpretation:
        return
    if page.pk is None:
        yield Blocker("needs_interpretation", ALONE)
        return
    # Corrections of what is public are never held up; the dashboard goes on asking.
    is_public = PolicyPage.objects.filter(pk=page.pk, live=True).exists()
    if is_public or explained_now(page) or page.exemptions.valid().exists():
        return
    yield Blocker("needs_interpretation", ALONE)


def explained_now(policy: Any) -> bool:
    """Whether an interpretation of the policy is public, or goes public with it."""
    rows = InterpretationPage.objects.filter(live=True, subjects__subject=policy.pk)
    return rows.exists() or any(
        policy.pk in {row.subject_id for row in page.subjects.all()}
        for page in companions()
        if isinstance(page, InterpretationPage)
    )


def obstacle_to_step(page: Any) -> str:
    """Why a step of the review can't be taken with this page alone, in Chinese."""
    member = active_member(page)
    if member is None or not member.bundle.is_held or is_decided_together(page.pk):
        return ""
    return f"这个页面在同步发布“{member.bundle}”里，和其他页面一起审查：请到“同步发布”里办理。"


def desk_of_step(page: Any) -> str:
    """The release's page, where it can be taken."""
    if not obstacle_to_step(page):
        return ""
    member: Any = active_member(page)
    return reverse("bundles:show", args=[member.bundle_id])


def reviewed_with(page: Any) -> list[Any]:
    """The other pages of the release that is under review: who wrote one approves none."""
    member = active_member(page)
    if member is None or not member.bundle.is_held:
        return []
    rows = member.bundle.members.exclude(pk=member.pk).filter(page__isnull=False)
    return [row.page.specific for row in rows.select_related("page")]  # type: ignore[union-attr] # filtered


def keep_for_release(page: Any, revision: Any, user: Any) -> bool:
    """A page whose review has ended waits for the others.

    Raises:
        ActionRefused: the last approval was given past the release.
    """
    if obstacle := obstacle_to_step(page):
        raise ActionRefused(obstacle)
    member = active_member(page)
    return member is not None and member.bundle.is_held
