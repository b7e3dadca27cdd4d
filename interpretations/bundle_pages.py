"""Which pages a joint release may hold: of one unit, of four kinds, not yet public as they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q
from wagtail.models import Page

from interpretations.models import BundleMember, InterpretationPage, PolicyPage, ReleaseBundle
from interpretations.models.bundle import MEMBERS

# Of each kind the form offers the pages that were worked on last.
OFFERED = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be put into a release."""

    page: Any
    unit_id: int

    @property
    def kind(self) -> str:
        return str(self.page._meta.verbose_name)

    @property
    def standing(self) -> str:
        return "已发布，有改动" if self.page.live else "未发布"


def rank(page: Any) -> int:
    """The place of the page's kind in the order of going public; -1 for what takes no part."""
    label = page.specific_class._meta.label if page.specific_class else ""
    return MEMBERS.index(label) if label in MEMBERS else -1


def unit_of(page: Any) -> Any:
    """A page's unit; a result has that of its draft."""
    specific = page.specific
    if hasattr(specific, "unit_id"):
        return specific.unit_id
    return getattr(specific.get_parent().specific, "unit_id", None)


def is_changed(page: Any) -> bool:
    """Whether there is anything of the page to publish."""
    return not page.live or page.has_unpublished_changes


def candidates(units: Iterable[int] | None, *, bundle: ReleaseBundle | None = None) -> list[Any]:
    """The pages of the units (None: of all) that are in no other release, by kind, the latest
    first; what the bundle holds is always among them."""
    others = BundleMember.objects.filter(is_active=True, page__isnull=False)
    own = {row.page_id for row in bundle.members.all()} if bundle else set()
    taken = others.exclude(page__in=own).values("page")
    found = []
    for label in MEMBERS:
        model: Any = apps.get_model(label)
        waiting = Q(live=False) | Q(has_unpublished_changes=True) | Q(pk__in=own)
        rows = model._default_manager.filter(waiting).exclude(pk__in=taken)
        if units is not None and hasattr(model, "unit_id"):
            rows = rows.filter(unit__in=units)
        for page in rows.order_by("-latest_revision_created_at", "-pk")[:OFFERED]:
            unit = unit_of(page)
            if unit is not None and (units is None or unit in units):
                found.append(Candidate(page, unit))
    return found


def companions_of(policy: PolicyPage) -> list[Any]:
    """The policy, and what waits to be published with it: its result and its interpretations."""
    explaining = InterpretationPage.objects.filter(subjects__subject=policy.pk).distinct()
    found: list[Any] = [policy, *explaining.order_by("pk")]
    result = policy.get_latest_revision_as_object().result
    if result is not None and rank(result) >= 0:
        found.append(result.specific)
    same = [page for page in found if is_changed(page) and unit_of(page) == policy.unit_id]
    taken = BundleMember.objects.filter(is_active=True, page__in=[page.pk for page in same])
    held = set(taken.values_list("page", flat=True))
    return [page for page in same if page.pk not in held]


def active_member(page: Page) -> BundleMember | None:
    """The page's place in the one release that holds it."""
    if page.pk is None or rank(page) < 0:
        return None
    rows = BundleMember.objects.filter(page=page.pk, is_active=True)
    found: BundleMember | None = rows.select_related("bundle").first()
    return found


def in_order(members: Iterable[BundleMember]) -> list[BundleMember]:
    """As they go public: the policy first, what explains it last."""
    there = [row for row in members if row.page is not None]
    return sorted(there, key=lambda row: (rank(row.page), row.page_id))
