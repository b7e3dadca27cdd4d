"""Putting pages together for a joint release, exchanging them, and letting them go again."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from wagtail.log_actions import log
from wagtail.models import Page

from interpretations.bundle_pages import active_member, rank, unit_of
from interpretations.bundle_refusals import BundleRefused, StateChanged
from interpretations.enums import BundleState
from interpretations.models import BundleMember, ReleaseBundle


@transaction.atomic
def create_bundle(*, title: str, pages: Sequence[Page], user: Any) -> ReleaseBundle:
    """A release of the pages, which are in no other one from now on.

    Raises:
        BundleRefused: they are not of one unit or of a kind that takes part, or one is taken.
    """
    units = {unit_of(page) for page in pages}
    if len(units) != 1 or None in units:
        raise BundleRefused("同步发布的页面须属于同一个单位，请重新选择。")
    bundle = ReleaseBundle.objects.create(title=title, unit_id=units.pop(), created_by=user)
    _add(bundle, pages)
    record(bundle, "created", user, pages=[page.title for page in pages])
    return bundle


@transaction.atomic
def change_bundle(
    *, bundle: ReleaseBundle, title: str, pages: Sequence[Page], user: Any
) -> ReleaseBundle:
    """Another name, other pages.

    Raises:
        BundleRefused: as for a new one. StateChanged: it is under review or done with.
    """
    bundle = locked(bundle)
    if not bundle.is_editable:
        raise StateChanged(f"“{bundle}”现在是“{bundle.get_state_display()}”，不能修改。")
    if any(unit_of(page) != bundle.unit_id for page in pages):
        raise BundleRefused("同步发布的页面须属于同一个单位，请重新选择。")
    wanted = {page.pk for page in pages}
    bundle.members.exclude(page__in=wanted).delete()
    there = set(bundle.members.values_list("page", flat=True))
    _add(bundle, [page for page in pages if page.pk not in there])
    bundle.title = title
    bundle.save(update_fields=["title"])
    record(bundle, "changed", user, pages=[page.title for page in pages])
    return bundle


@transaction.atomic
def take_back_bundle(*, bundle: ReleaseBundle, user: Any) -> ReleaseBundle:
    """Out of review, approval or schedule, to be changed; it is handed in anew afterwards.

    Raises:
        StateChanged: it isn't there.
    """
    bundle = locked(bundle)
    if not bundle.is_held:
        raise StateChanged(f"“{bundle}”现在是“{bundle.get_state_display()}”，不用收回。")
    end_reviews(bundle, user)
    move(bundle, BundleState.PREPARING)
    record(bundle, "taken_back", user)
    return bundle


@transaction.atomic
def revoke_bundle(*, bundle: ReleaseBundle, reason: str, user: Any) -> ReleaseBundle:
    """For good; each page goes its own way again.

    Raises:
        StateChanged: it is published or revoked already.
    """
    bundle = locked(bundle)
    if not bundle.is_active:
        raise StateChanged(f"“{bundle}”现在是“{bundle.get_state_display()}”，不能撤销。")
    end_reviews(bundle, user)
    bundle.members.update(is_active=False)
    move(bundle, BundleState.REVOKED)
    record(bundle, "revoked", user, reason=reason)
    return bundle


def locked(bundle: ReleaseBundle) -> ReleaseBundle:
    """The row as it is now, and nobody else's until the transaction ends."""
    return ReleaseBundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)


def lock_pages(members: Iterable[BundleMember]) -> None:
    """The pages' rows, in the order of their keys, so that nobody waits for one that waits for him;
    of each first its type's row, then the page's, as saving in the editor locks them."""
    there = [member.page for member in members if member.page is not None]
    for page in sorted(there, key=lambda page: page.pk):
        rows: Any = page.specific_class._base_manager.select_for_update()
        rows.filter(pk=page.pk).values_list("pk", "title").first()


def move(bundle: ReleaseBundle, state: BundleState, **fields: Any) -> None:
    """To another state; a time to publish at and its failure belong to the schedule alone."""
    cleared = {"publish_at": None, "scheduled_by": None, "failure": "", "failed_at": None}
    changed: dict[str, Any] = {**cleared, **fields, "state": state}
    for name, value in changed.items():
        setattr(bundle, name, value)
    bundle.save(update_fields=[*changed])


def record(bundle: ReleaseBundle, step: str, user: Any, **data: Any) -> None:
    """One row of the audit trail (rule G2)."""
    log(instance=bundle, action=f"interpretations.bundle_{step}", user=user, data=data)


def end_reviews(bundle: ReleaseBundle, user: Any) -> None:
    """The pages' reviews that are under way."""
    for member in bundle.members.select_related("page"):
        state = member.page and member.page.current_workflow_state
        if state:
            state.cancel(user=user)


def _add(bundle: ReleaseBundle, pages: Sequence[Page]) -> None:
    for page in pages:
        if rank(page) < 0:
            raise BundleRefused(f"“{page.title}”不能放进同步发布，请重新选择。")
        if other := active_member(page):
            raise _taken(page, other)
    rows = [BundleMember(bundle=bundle, page_id=page.pk, title=page.title) for page in pages]
    try:
        with transaction.atomic():
            BundleMember.objects.bulk_create(rows)
    except IntegrityError:
        # Another release was quicker by a moment.
        raise BundleRefused("所选的页面刚刚被放进了另一个同步发布，请刷新后再选。") from None


def _taken(page: Page, member: BundleMember) -> BundleRefused:
    return BundleRefused(f"“{page.title}”已经在同步发布“{member.bundle}”里，一个页面只能在一个里。")
