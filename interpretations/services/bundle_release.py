"""Publishing a joint release: all of its pages in one transaction, or none (rule P1)."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from interpretations.bundle_pages import in_order
from interpretations.bundle_refusals import BundleRefused, StateChanged
from interpretations.bundle_steps import is_as_handed_in
from interpretations.enums import BundleState
from interpretations.models import BundleMember, ReleaseBundle
from interpretations.services.bundles import lock_pages, locked, move, record
from interpretations.together import released_together
from publishing.gates import ActionRefused, PublishBlocked
from publishing.review.digest import digest

logger = logging.getLogger(__name__)

RETRIED_FOR = timedelta(hours=1)
"""A schedule that fails is tried again each minute for so long; then a person is asked."""
BROKEN = "发布时出错，全部页面都没有发布。请稍后再试；再次出错的，请联系管理员。"


def publish_bundle(
    *, bundle: ReleaseBundle, user: Any = None, scheduled: bool = False
) -> ReleaseBundle:
    """All pages, each through its gate, or none. Messages, caches and pictures follow the commit.

    ``scheduled``: only if its time has come, asked again under its lock.

    Raises:
        BundleRefused: a page was changed, lacks something, or could not be stored; nothing is
            public. StateChanged: it is published already, or not approved.
    """
    try:
        with transaction.atomic():
            bundle = locked(bundle)
            _require_ready(bundle, scheduled)
            members = in_order(bundle.members.select_related("page", "revision"))
            pages = _as_approved(bundle, members)
            with released_together(pages):
                for member, page in zip(members, pages, strict=True):
                    _publish(member, page, user)
            bundle.members.update(is_active=False)
            now = timezone.now()
            move(bundle, BundleState.PUBLISHED, published_by=user, published_at=now)
            record(bundle, "published", user, scheduled=scheduled)
    except BundleRefused:
        raise
    except Exception as error:
        logger.exception("a joint release failed", extra={"bundle": bundle.pk})
        raise BundleRefused(BROKEN) from error
    return bundle


@transaction.atomic
def schedule_bundle(*, bundle: ReleaseBundle, at: datetime, user: Any) -> ReleaseBundle:
    """Published by the clock, at this time.

    Raises:
        BundleRefused: the time is over. StateChanged: it is not approved.
    """
    bundle = locked(bundle)
    _require_ready(bundle, scheduled=False)
    if at <= timezone.now():
        raise BundleRefused("发布时间须晚于现在；要马上公布，请点“发布”。")
    move(bundle, BundleState.SCHEDULED, publish_at=at, scheduled_by=user)
    record(bundle, "scheduled", user, at=timezone.localtime(at).strftime("%Y-%m-%d %H:%M"))
    return bundle


@transaction.atomic
def unschedule_bundle(*, bundle: ReleaseBundle, user: Any) -> ReleaseBundle:
    """Approved, as before; a person publishes.

    Raises:
        StateChanged: it has no time.
    """
    bundle = locked(bundle)
    if bundle.state != BundleState.SCHEDULED:
        raise StateChanged(f"“{bundle}”现在是“{bundle.get_state_display()}”，没有定时。")
    move(bundle, BundleState.APPROVED)
    record(bundle, "unscheduled", user)
    return bundle


def publish_due_bundles() -> int:
    """All whose time has come, each for itself; returns how many went public."""
    count = 0
    for bundle in list(ReleaseBundle.objects.due()):
        try:
            publish_bundle(bundle=bundle, scheduled=True)
            count += 1
        except StateChanged:
            logger.info("a joint release was published or stopped by somebody else")
        except BundleRefused as refusal:
            note_failure(bundle=bundle, reason=refusal.message)
    return count


@transaction.atomic
def note_failure(*, bundle: ReleaseBundle, reason: str) -> None:
    """For the dashboard and the log: once for each reason. After an hour nobody tries again, and
    the release waits, approved, for a person."""
    bundle = locked(bundle)
    if bundle.state != BundleState.SCHEDULED or bundle.publish_at is None:
        return
    at, by = bundle.publish_at, bundle.scheduled_by
    failed = {"failure": reason, "failed_at": bundle.failed_at or timezone.now()}
    if bundle.failure != reason:
        logger.warning("a scheduled joint release was refused", extra={"bundle": bundle.pk})
        record(bundle, "failed", None, reason=reason)
    if timezone.now() - at > RETRIED_FOR:
        move(bundle, BundleState.APPROVED, **failed)
        record(bundle, "given_up", None)
        return
    move(bundle, BundleState.SCHEDULED, publish_at=at, scheduled_by=by, **failed)


def _require_ready(bundle: ReleaseBundle, scheduled: bool) -> None:
    if not bundle.is_ready:
        words = f"“{bundle}”现在是“{bundle.get_state_display()}”，不能发布。"
        raise StateChanged(words)
    if scheduled and (bundle.publish_at is None or bundle.publish_at > timezone.now()):
        raise StateChanged("还没有到发布时间。")


def _as_approved(bundle: ReleaseBundle, members: list[BundleMember]) -> list[Any]:
    """The pages as they were approved, their rows locked in the order of their keys."""
    if bundle.members.filter(page__isnull=True).exists():
        raise BundleRefused("有页面已被删除：请收回后重新选择页面，再送审。")
    lock_pages(members)
    pages = []
    for member in members:
        if not is_as_handed_in(member) or member.revision is None:
            raise _changed(member)
        page = member.revision.as_object()
        if digest(page) != member.digest:
            raise _changed(member)
        pages.append(page)
    return pages


def _changed(member: BundleMember) -> BundleRefused:
    title = member.page.get_latest_revision_as_object().title if member.page else member.title
    return BundleRefused(f"改动过：“{title}”，请收回后重新送审。")


def _publish(member: BundleMember, page: Any, user: Any) -> None:
    """One page, by the route that editors take. Its own time to go public would make Wagtail only
    schedule it; that was taken off when it was handed in."""
    try:
        page.publish(member.revision, user=user, skip_permission_checks=True)
    except PublishBlocked as refusal:
        reasons = "".join(blocker.message for blocker in refusal.blockers)
        raise BundleRefused(f"“{page.title}”还不能发布，全部页面都没有发布：{reasons}") from None
    except ActionRefused as refusal:
        raise BundleRefused(f"“{page.title}”：{refusal.message}") from None
    except Exception as error:
        logger.exception("a page of a joint release failed", extra={"page": page.pk})
        raise BundleRefused(f"“{page.title}”{BROKEN}") from error
    stored = Page.objects.get(pk=page.pk)
    if not stored.live or stored.live_revision_id != member.revision_id:
        words = f"“{page.title}”单独设了发布时间，全部页面都没有发布：请收回后重新送审。"
        raise BundleRefused(words)
