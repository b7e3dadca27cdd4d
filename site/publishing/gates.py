"""What a page still lacks before it may be public: one mechanism for every page and every route.

``Page.publish()`` is not where all routes meet: the editor, the schedule, workflows, bulk actions
and scripts reach publication by different calls. All of them end in ``Page.save()`` with ``live``
turned on, a new ``live_revision``, or other words on a page that is public; so the gate stands
there, and what belongs to going live (the frozen version, its messages) happens in that same
transaction, by ``went_live()``.
"""

import logging
from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from django.db import models, transaction
from wagtail import hooks
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


class ActionRefused(Exception):
    """The page can't be copied, moved, given an alias, or saved over a newer state; ``message``
    says why, in Chinese."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class PublishGate(models.Model):
    """A page that goes public only when nothing is missing. Mix in before ``Page``."""

    # Page brings these; the mix-in stands before it.
    live: Any
    live_revision: Any
    live_revision_id: Any
    first_published_at: Any
    last_published_at: Any
    serializable_data: Any

    # Whether the page was public when it was read; None where it was made here.
    _was_live: bool | None = None

    # Fields and child relations that can't change on a public page without the gate's leave.
    gated_fields: ClassVar[tuple[str, ...]] = ()
    # Whether the page takes part in reviews: its texts are searched, sign-offs can be asked for.
    reviewable: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; where that makes the page public, check the gate first and do what follows after.

        Raises:
            PublishBlocked: the page would go live while something is missing.
            ActionRefused: the page went public after this was read.
        """
        with transaction.atomic():
            stored = self._stored_state()
            names = kwargs.get("update_fields")
            if names is None or "live" in names:
                self._refuse_if_outdated(stored)
                self._was_live = self.live
            if not self.live:
                self._forget_publication(stored)
            if not self._is_going_live(stored, names):
                result = super().save(*args, **kwargs)
                if stored and stored["live"] and not self.live:
                    self.went_off()
                return result
            blockers = self.all_blockers()
            if blockers and stored is None:
                # Create-and-publish must not lose the form: the page is kept as a draft.
                self.live = False
                self._forget_publication(stored)
                return super().save(*args, **kwargs)
            if blockers:
                raise PublishBlocked(blockers)
            result = super().save(*args, **kwargs)
            self.went_live(was_live=bool(stored and stored["live"]))
            return result

    def publish_blockers(self) -> list[Blocker]:
        """What is missing before this content may be public; empty when all is there."""
        return []

    def all_blockers(self) -> list[Blocker]:
        """The page's own blockers and those of the rooms around it, by the hook
        ``register_publish_blockers``: a function of the page that returns blockers."""
        further = hooks.get_hooks("register_publish_blockers")
        return [*self.publish_blockers(), *(one for ask in further for one in ask(self))]

    def went_live(self, *, was_live: bool) -> None:
        """Called inside the publishing transaction, after the page is saved as live.

        ``was_live``: it was public before, and only its content changed.
        """

    def went_off(self) -> None:
        """Called inside the transaction that takes the page off, by whichever route."""

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Any:
        page = super().from_db(*args, **kwargs)
        page._was_live = page.__dict__.get("live")
        return page

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._was_live = self.live

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)  # type: ignore[misc] # Page's
        page._was_live = self.live
        return page

    def _refuse_if_outdated(self, stored: dict[str, Any] | None) -> None:
        """The editor saves the whole row of a page that isn't public yet. If it was published
        meanwhile, an autosave that began before would take it off again, unasked and unseen."""
        if stored and stored["live"] and not self.live and self._was_live is False:
            raise ActionRefused("这个页面刚刚已经发布，您打开的是发布以前的内容，请刷新后再修改。")

    def _stored_state(self) -> dict[str, Any] | None:
        """What the database says of the page, its row locked; None where there is no row yet."""
        if self.pk is None:
            return None
        manager: Any = type(self)._base_manager
        rows = manager.select_for_update(of=("self",)).filter(pk=self.pk)
        found: dict[str, Any] | None = rows.values(
            "live", "live_revision_id", "first_published_at"
        ).first()
        return found

    def _is_going_live(
        self, stored: dict[str, Any] | None, update_fields: Iterable[str] | None
    ) -> bool:
        """Whether saving turns the page public, or puts other content before the public."""
        if not self.live:
            return False
        if stored is None:
            return True
        names = None if update_fields is None else set(update_fields)
        if names is None or names & {"live", "live_revision"}:
            state = (self.live, self.live_revision_id)
            if state != (stored["live"], stored["live_revision_id"]):
                return True
        return bool(stored["live"]) and self._says_otherwise(names)

    def _says_otherwise(self, update_fields: set[str] | None) -> bool:
        """Whether saving would change a gated field of the stored page."""
        names = set(self.gated_fields)
        if update_fields is not None:
            names &= update_fields
        if not names:
            return False
        manager: Any = type(self)._base_manager
        before, after = manager.get(pk=self.pk).serializable_data(), self.serializable_data()
        return any(before[name] != after[name] for name in names)

    def _forget_publication(self, stored: dict[str, Any] | None) -> None:
        """A page that isn't public has no public revision; one that never was has no dates of it.

        Wagtail's copying writes them even where the gate has kept the copy as a draft.
        """
        if self.live_revision_id is None:
            return
        self.live_revision = None
        if stored is None or stored["first_published_at"] is None:
            self.first_published_at = None
            self.last_published_at = None

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
