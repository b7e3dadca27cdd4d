"""What waits for a member of staff about interpretations and joint releases, by unit (rule P1)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from interpretations.bundle_access import PUBLISH, VIEW, bundles_for
from interpretations.enums import BundleState
from interpretations.models import (
    InterpretationExemption,
    InterpretationPage,
    PolicyPage,
    ReleaseBundle,
)
from portal.figures import Figure
from publishing.unit_policy import unit_ids


@dataclass(frozen=True, slots=True)
class Awaited:
    """A policy whose interpretation is awaited; ``until`` is None where nobody was granted time."""

    title: str
    address: str
    until: date | None

    @property
    def days_left(self) -> int:
        return (self.until - timezone.localdate()).days if self.until else -1

    @property
    def is_late(self) -> bool:
        return self.days_left < 0

    @property
    def days_late(self) -> int:
        return -self.days_left


def release_figures(user: Any) -> list[Figure]:
    """How many joint releases wait for the reviewers' look, and how many for their publication."""
    if unit_ids(user, PUBLISH) == frozenset():
        return []
    rows, register = bundles_for(user, PUBLISH), reverse("release_bundle:index")
    return [
        Figure(label, rows.filter(state=state).count(), f"{register}?state={state.value}")
        for label, state in (
            ("同步待审", BundleState.IN_REVIEW),
            ("同步待发布", BundleState.APPROVED),
        )
    ]


def failed_releases(user: Any) -> list[ReleaseBundle]:
    """Those that could not be published at their time, the latest first."""
    found = bundles_for(user, VIEW).filter(pk__in=ReleaseBundle.objects.failed().values("pk"))
    return list(found.order_by("-failed_at"))


def awaited_interpretations(user: Any) -> list[Awaited]:
    """Public policies that need an interpretation and have none, the most urgent first."""
    units = unit_ids(user, VIEW)
    explained = InterpretationPage.objects.filter(live=True, subjects__subject=OuterRef("pk"))
    rows = PolicyPage.objects.filter(live=True, needs_interpretation=True)
    if units is not None:
        rows = rows.filter(unit__in=units)
    policies = list(rows.filter(~Exists(explained)).order_by("pk"))
    open_ones = InterpretationExemption.objects.open().filter(policy__in=policies)
    until = dict(open_ones.values_list("policy", "until"))
    found = [
        Awaited(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]), until.get(page.pk))
        for page in policies
    ]
    return sorted(found, key=lambda one: one.days_left)
