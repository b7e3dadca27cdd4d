from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from interpretations.enums import StaleEnd, StaleKind
from publishing.clauses.clause import ClauseText
from publishing.clauses.segments import Segment, segments


class StaleQuerySet(models.QuerySet["StaleItem"]):
    def waiting(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(closed_at=None)

    def for_user(self, user: Any) -> Self:
        """Those of the interpretations that the user may edit: of his unit's column."""
        pages = page_permission_policy.instances_user_has_permission_for(user, "change")
        return self.filter(page__in=pages.order_by().values("pk"))


class StaleItem(models.Model):
    """内容待更新: a part of an interpretation, and a clause whose words changed below it.

    One waiting row for each part and clause; later changes renew ``new`` and keep the oldest
    ``old``. ``part``: the id of a block, ``change-…`` for a row of the table of differences, empty
    for all of the page; ``old``, ``new``: ``ClauseText.to_json()``, ``new`` is None where the
    clause is gone; the versions are those of ``subject``, a policy or a draft; ``digest``: of what
    the part said.
    """

    page = models.ForeignKey(
        "interpretations.InterpretationPage", on_delete=models.CASCADE, related_name="stale_items"
    )
    subject = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("形式"), max_length=12, choices=StaleKind)
    part = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=200, blank=True)
    title = models.CharField(_("内容"), max_length=200, blank=True)
    name = models.CharField(_("条款"), max_length=60)
    old = models.JSONField()
    new = models.JSONField(null=True)
    old_version = models.PositiveIntegerField()
    new_version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    since = models.DateTimeField(_("从何时起"))
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended = models.CharField(_("结果"), max_length=12, choices=StaleEnd, blank=True)

    objects = StaleQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("待更新的解读内容")
        verbose_name_plural = _("待更新的解读内容")
        ordering = ["-since", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page", "subject", "part", "clause"],
                condition=models.Q(closed_at=None),
                name="stale_item_waits_once",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, ended="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(ended="")),
                name="stale_item_is_closed_in_some_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}“{self.title}”：{self.name}"

    @property
    def is_whole(self) -> bool:
        return self.kind == StaleKind.WHOLE

    @cached_property
    def old_clause(self) -> ClauseText:
        return ClauseText.from_json(self.old)

    @cached_property
    def new_clause(self) -> ClauseText | None:
        return ClauseText.from_json(self.new) if self.new else None

    @property
    def is_gone(self) -> bool:
        return self.new is None

    @property
    def new_words(self) -> str:
        """All that is read there now."""
        return self.new_clause.full_text if self.new_clause else ""

    @cached_property
    def pieces(self) -> list[Segment]:
        """The redline from the old words to the new ones."""
        return list(segments(self.old_clause.full_text, self.new_words))

    @property
    def old_pieces(self) -> list[Segment]:
        """What was, with what is gone marked."""
        return [piece for piece in self.pieces if piece.op != "insert"]

    @property
    def new_pieces(self) -> list[Segment]:
        """What is, with what is new marked."""
        return [piece for piece in self.pieces if piece.op != "delete"]

    @property
    def seen(self) -> str:
        """The row in the state in which it was shown: who confirms says what he saw."""
        return f"{self.pk}-{self.new_version}"
