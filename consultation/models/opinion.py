from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultation.enums import Review
from consultation.models.draft_page import DecisionDraftPage
from consultation.models.response import Response
from consultation.models.submission import Submission
from consultation.models.versions import Clause, DraftVersion
from publishing.models import Unit

MAX_LENGTH = 3000


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Which opinions count, which wait, and which a member of staff may see."""

    def counted(self) -> Self:
        """Those that make up "received" (D8): a split one counts by its parts."""
        return self.filter(split_at__isnull=True, undone_at__isnull=True)

    def withdrawn(self) -> Self:
        return self.counted().filter(withdrawn_at__isnull=False)

    def standing(self) -> Self:
        """Those that need an outcome: counted and not withdrawn."""
        return self.counted().filter(withdrawn_at__isnull=True)

    def undecided(self) -> Self:
        return self.standing().filter(Q(response__isnull=True) | Q(response__outcome=""))

    def pending(self) -> Self:
        return self.standing().filter(review=Review.PENDING)

    def for_staff(self, user: Any, permission: str = "consultation.view_opinion") -> Self:
        """Those of the units in which the user holds the permission."""
        if user.is_superuser:
            return self
        return self.filter(draft__unit__in=Unit.objects.where_may(user, permission))


class Opinion(models.Model):
    """意见: one thing said about one clause or the whole draft.

    It keeps its number and its text for ever. Where it stands follows from the fields: withdrawn,
    split (its parts stand instead), grouped into a response, or as its review says.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="opinions")
    draft = models.ForeignKey(
        DecisionDraftPage, verbose_name=_("草案"), on_delete=models.PROTECT, related_name="opinions"
    )
    number = models.PositiveIntegerField(_("编号"))
    clause = models.ForeignKey(
        Clause,
        verbose_name=_("条款"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opinions",
    )
    version = models.ForeignKey(
        DraftVersion, verbose_name=_("所针对的版本"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("意见内容"), max_length=MAX_LENGTH)
    review = models.CharField(
        _("审核"), max_length=10, choices=Review.choices, default=Review.PENDING
    )
    review_note = models.CharField(_("不予公开的理由"), max_length=200, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    response = models.ForeignKey(
        Response,
        verbose_name=_("归纳意见"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opinions",
    )
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("拆分自"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    split_at = models.DateTimeField(_("拆分时间"), null=True, blank=True)
    undone_at = models.DateTimeField(_("撤销拆分时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("意见")
        verbose_name_plural = _("意见")
        ordering = ["-pk"]
        permissions = [("export_opinion", "Can export opinions")]
        indexes = [
            models.Index(fields=["draft", "-id"], name="opinion_by_draft"),
            models.Index(fields=["draft", "clause"], name="opinion_by_clause"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="opinion_number_unique"),
            models.CheckConstraint(
                condition=~Q(review=Review.WITHHELD) | ~Q(review_note=""),
                name="withheld_opinion_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(response__isnull=True)
                | Q(split_at__isnull=True, undone_at__isnull=True, withdrawn_at__isnull=True),
                name="grouped_opinion_stands",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="opinion_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number}号意见"

    @property
    def stage(self) -> str:
        """Where it stands, for staff."""
        if self.withdrawn_at:
            return str(_("已撤回"))
        if self.undone_at:
            return str(_("已撤销拆分"))
        if self.split_at:
            return str(_("已拆分"))
        if self.response_id:
            return str(_("已归入"))
        return self.get_review_display()

    @property
    def clause_name(self) -> str:
        return self.clause.short_name if self.clause else str(_("整体意见"))
