"""The pages of a release under review stay as they are, whoever opens them."""

from typing import Any

from django.utils.html import format_html
from wagtail.locks import BaseLock

from interpretations.bundle_pages import active_member
from interpretations.enums import BundleState
from interpretations.models import ReleaseBundle
from publishing.review.access import task_for

_STANDING = {
    BundleState.IN_REVIEW: "已经送审",
    BundleState.APPROVED: "已经通过审查",
    BundleState.SCHEDULED: "已经定时发布",
}


class BundleLock(BaseLock):
    """Holds a page for its release. Who reviews it may mask finds, and nothing else."""

    def __init__(self, page: Any, bundle: ReleaseBundle) -> None:
        super().__init__(page)
        self.bundle = bundle

    def for_user(self, user: Any) -> bool:
        return True

    def lets_mask(self, user: Any) -> bool:
        in_review = self.bundle.state == BundleState.IN_REVIEW
        return in_review and task_for(self.object, user) is not None

    def get_message(self, user: Any) -> str:
        told = "这个页面在<b>同步发布“{}”</b>里，{}，现在不能修改。要改，请到“同步发布”里收回。"
        return format_html(told, self.bundle, _STANDING[BundleState(self.bundle.state)])

    def get_locked_by(self, user: Any) -> str:
        return "同步发布锁定"

    def get_description(self, user: Any) -> str:
        return f"在同步发布“{self.bundle}”里，等待一起发布"


def lock_for(page: Any) -> BundleLock | None:
    """The lock of a page whose release is under review, approved or scheduled."""
    member = active_member(page)
    return BundleLock(page, member.bundle) if member and member.bundle.is_held else None
