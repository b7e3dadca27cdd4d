"""同步发布: pages that go public in one transaction or not at all (rule P1)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interpretations.enums import EDITABLE, HELD, READY, BundleState
from publishing.models import Unit

# Links to the other features are by name only. The order is that of going public.
MEMBERS = (
    "interpretations.PolicyPage",
    "consultation.DecisionDraftPage",
    "consultation.AdoptionResultPage",
    "interpretations.InterpretationPage",
)


def _person(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class BundleQuerySet(models.QuerySet["ReleaseBundle"]):
    def due(self) -> Self:
        """Those whose time has come, the earliest first."""
        waiting = self.filter(state=BundleState.SCHEDULED, publish_at__lte=timezone.now())
        return waiting.order_by("publish_at", "pk")

    def failed(self) -> Self:
        """Those that could not be published at their time, and were not since."""
        return self.filter(failed_at__isnull=False, state__in=READY)


class ReleaseBundle(models.Model):
    """Pages of one unit that are reviewed and published as one."""

    title = models.CharField(_("名称"), max_length=120)
    unit = models.ForeignKey(
        Unit, verbose_name=_("责任单位"), on_delete=models.PROTECT, related_name="bundles"
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=BundleState, default=BundleState.PREPARING
    )
    publish_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    created_by = _person(_("新建人"))
    created_at = models.DateTimeField(_("新建时间"), auto_now_add=True)
    handed_in_by = _person(_("送审人"))
    handed_in_at = models.DateTimeField(_("送审时间"), null=True, blank=True)
    approved_by = _person(_("通过人"))
    approved_at = models.DateTimeField(_("通过时间"), null=True, blank=True)
    scheduled_by = _person(_("定时人"))
    # Nobody where it was the clock.
    published_by = _person(_("发布人"))
    published_at = models.DateTimeField(_("实际发布时间"), null=True, blank=True)
    # Why it could not be published at its time.
    failure = models.TextField(_("未成功的原因"), blank=True)
    failed_at = models.DateTimeField(_("未成功的时间"), null=True, blank=True)

    objects = BundleQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("同步发布")
        verbose_name_plural = _("同步发布")
        ordering = ["-pk"]
        default_permissions = ("view", "add", "change")
        permissions = [("publish_releasebundle", "Can publish joint releases")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=BundleState.SCHEDULED, publish_at__isnull=False)
                | ~models.Q(state=BundleState.SCHEDULED) & models.Q(publish_at__isnull=True),
                name="bundle_scheduled_for_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=BundleState.PUBLISHED, published_at__isnull=False)
                | ~models.Q(state=BundleState.PUBLISHED) & models.Q(published_at__isnull=True),
                name="bundle_published_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_held(self) -> bool:
        return self.state in HELD

    @property
    def is_ready(self) -> bool:
        return self.state in READY

    @property
    def is_active(self) -> bool:
        return self.is_editable or self.is_held


class BundleMember(models.Model):
    """A page of a release: what of it was handed in, and what exactly was approved."""

    bundle = models.ForeignKey(ReleaseBundle, on_delete=models.CASCADE, related_name="members")
    # Empty where the page was deleted.
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("页面"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="bundle_members",
    )
    title = models.CharField(_("标题"), max_length=255)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    digest = models.CharField(max_length=64, blank=True)
    workflow_state = models.ForeignKey(
        "wagtailcore.WorkflowState", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # As long as the release is neither published nor revoked.
    is_active = models.BooleanField(default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("同步发布的页面")
        verbose_name_plural = _("同步发布的页面")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(is_active=True),
                name="page_in_one_active_bundle",
            ),
            models.UniqueConstraint(fields=["bundle", "page"], name="page_once_in_a_bundle"),
        ]

    def __str__(self) -> str:
        return self.title
