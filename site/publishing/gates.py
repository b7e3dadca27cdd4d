"""What a page still lacks before it may be public: one mechanism for every page and every route.

``Page.publish()`` is not where all routes meet: the editor, the schedule, workflows, bulk actions
and scripts reach publication by different calls. All of them end in ``Page.save()`` with ``live``
turned on or a new ``live_revision``, so the gate stands there, and what belongs to going live
(the frozen version, its messages) happens in that same transaction, by ``went_live()``.
"""

import logging
from typing import Any, NamedTuple

from django.db import models, transaction
from wagtail.log_actions import log

logger = logging.getLogger(__name__)
SCHEDULED = "wagtail.publish.scheduled"


class Blocker(NamedTuple):
    """One thing that is missing: the field it belongs to, and what to do, in Chinese."""

    field: str
    message: str


class PublishBlocked(Exception):
    """Publication is refused; ``blockers`` say why. ``PublishBlockedMiddleware`` shows them as a
    403: Wagtail would turn a PermissionDenied into a redirect that says nothing of them."""

    def __init__(self, blockers: list[Blocker]) -> None:
        self.blockers = blockers
        super().__init__("还不能发布：" + "".join(f"{blocker.message}" for blocker in blockers))


class PublishGate(models.Model):
    """A page that goes public only when nothing is missing. Mix in before ``Page``."""

    # Page brings these two; the mix-in stands before it.
    live: Any
    live_revision_id: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; where that makes the page public, check the gate first and do what follows after.

        Raises:
            PublishBlocked: the page would go live while something is missing.
        """
        with transaction.atomic():
            if not self._is_going_live(kwargs.get("update_fields")):
                return super().save(*args, **kwargs)
            blockers = self.publish_blockers()
            if blockers and self.pk is None:
                # Create-and-publish must not lose the form: the page is kept as a draft.
                self.live = False
                return super().save(*args, **kwargs)
            if blockers:
                raise PublishBlocked(blockers)
            result = super().save(*args, **kwargs)
            self.went_live()
            return result

    def publish_blockers(self) -> list[Blocker]:
        """What is missing before this content may be public; empty when all is there."""
        return []

    def went_live(self) -> None:
        """Called inside the publishing transaction, after the page is saved as live."""

    def _is_going_live(self, update_fields: Any) -> bool:
        """Whether saving turns the page public, or puts another revision before the public."""
        if not self.live:
            return False
        if update_fields is not None and not {"live", "live_revision"} & set(update_fields):
            return False
        if self.pk is None:
            return True
        manager: Any = type(self)._base_manager
        stored = (
            manager.select_for_update(of=("self",))
            .filter(pk=self.pk)
            .values_list("live", "live_revision_id")
            .first()
        )
        return stored is None or not stored[0] or stored[1] != self.live_revision_id

    def publish(self, revision: Any, *args: Any, log_action: Any = True, **kwargs: Any) -> Any:
        """As Wagtail's; a blocked schedule is logged and left, so that the others still go out."""
        try:
            with transaction.atomic():
                return super().publish(revision, *args, log_action=log_action, **kwargs)  # type: ignore[misc] # Page's
        except PublishBlocked as refusal:
            if log_action != SCHEDULED:
                raise
            logger.warning("scheduled publication refused", extra={"page": self.pk})
            log(
                instance=self,
                action="publishing.schedule_refused",
                data={"missing": [blocker.message for blocker in refusal.blockers]},
            )
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            return None
