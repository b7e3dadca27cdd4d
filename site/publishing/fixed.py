"""Pages that belong where they are: what may not be copied, moved, aliased, and who says so.

Wagtail asks the page in its permission checks, which programs skip; so the page's own methods
refuse, and the admin's screens and API ask before they begin (``wagtail_hooks``, ``middleware``,
``views.page_actions``).
"""

from typing import Any

from django.db import models, transaction
from wagtail.models import Page

from publishing.gates import ActionRefused


class FixedPage(models.Model):
    """A page that says what may not be done with it. Mix in before ``Page``."""

    get_parent: Any

    class Meta:
        abstract = True

    def obstacle_to_copying(self) -> str:
        """Why the page can't be copied, in Chinese; empty if it can."""
        return ""

    def obstacle_to_alias(self) -> str:
        """Why the page can't have an alias, in Chinese; empty if it can."""
        return ""

    def obstacle_to_moving(self) -> str:
        """Why the page can't get another parent, in Chinese; empty if it can."""
        return ""

    def can_move_to(self, parent: Page) -> bool:
        """As Wagtail's, which the admin asks."""
        return not self.obstacle_to_moving() and super().can_move_to(parent)  # type: ignore[misc] # Page's

    def move(self, target: Page, pos: str | None = None, user: Any = None) -> None:
        """As Wagtail's.

        Raises:
            ActionRefused: the page would get another parent.
        """
        inside = pos in {"first-child", "last-child", "sorted-child"}
        parent = target if inside else target.get_parent()
        if parent.pk != self.get_parent().pk:
            refuse_moving(self)
        super().move(target, pos=pos, user=user)  # type: ignore[misc] # Page's

    def copy(self, recursive: bool = False, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's, all or nothing.

        Raises:
            ActionRefused: this page, or one that would be copied with it, can't be.
        """
        refuse_copying(self, alias=False, recursive=recursive)
        with transaction.atomic():
            return super().copy(recursive, *args, **kwargs)  # type: ignore[misc] # Page's

    def create_alias(self, *, recursive: bool = False, **kwargs: Any) -> Any:
        """As Wagtail's, all or nothing.

        Raises:
            ActionRefused: this page, or one below that would get an alias with it, can't.
        """
        refuse_copying(self, alias=True, recursive=recursive)
        with transaction.atomic():
            return super().create_alias(recursive=recursive, **kwargs)  # type: ignore[misc] # Page's

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's, with its entry in the log taken back where the database refuses."""
        with transaction.atomic():
            return super().delete(*args, **kwargs)

    copy.alters_data = True  # type: ignore[attr-defined] # Django's mark: not for templates
    create_alias.alters_data = True  # type: ignore[attr-defined] # Django's mark
    delete.alters_data = True  # type: ignore[attr-defined] # Django's mark


def refuse_moving(page: Any) -> None:
    """Raise ActionRefused if the page must stay below its parent."""
    obstacle = page.obstacle_to_moving() if isinstance(page, FixedPage) else ""
    if obstacle:
        raise ActionRefused(obstacle)


def refuse_copying(page: Any, *, alias: bool, recursive: bool) -> None:
    """Raise ActionRefused if the page, or with ``recursive`` one below it, can't be copied."""
    for one in [page.specific, *(page.get_descendants().specific() if recursive else ())]:
        if not isinstance(one, FixedPage):
            continue
        obstacle = one.obstacle_to_alias() if alias else one.obstacle_to_copying()
        if obstacle and one.pk != page.pk:
            obstacle = f"不能连同下级页面一起复制，其中有“{one}”：{obstacle}"
        if obstacle:
            raise ActionRefused(obstacle)
