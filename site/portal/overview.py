"""What the front page shows: what can be spoken to now, what was answered, in figures."""

from typing import Any

from django.db.models import Count, Q
from wagtail.models import Page

from consultation.enums import Phase
from consultation.models import DecisionIndexPage, Opinion
from consultation.models.draft_list import filled, public_drafts
from interpretations.enums import Validity
from interpretations.models import PolicyIndexPage
from interpretations.models.policy_list import public_policies
from openday.models import EventIndexPage, event_list
from publishing.models import SiteProfile

SHOWN = 6
POLICIES_SHOWN = 3


def home_overview(home: Page, profile: SiteProfile) -> dict[str, Any]:
    """``open_drafts`` (those that close first come first), ``other_drafts``, ``open_events`` (for
    which one can register now), ``policies`` (the latest in force), ``figures``, and
    ``drafts_column``, ``events_column``, ``policies_column``, the site's columns of all of them."""
    drafts = public_drafts(home, profile)
    open_now = drafts.filter(stage=Phase.OPEN).order_by("closing_day", "pk")
    counts = drafts.order_by().aggregate(
        drafts=Count("pk"), answered=Count("pk", filter=Q(stage=Phase.ANSWERED))
    )
    public = drafts.order_by().values("pk")
    in_force = public_policies(home).exclude(validity=Validity.REPEALED)
    policies = list(in_force[:POLICIES_SHOWN])
    return {
        "drafts_column": DecisionIndexPage.objects.child_of(home).live().public().first(),
        "open_drafts": filled(open_now[:SHOWN], profile),
        "other_drafts": filled(drafts.exclude(stage=Phase.OPEN)[:SHOWN], profile),
        "events_column": EventIndexPage.objects.child_of(home).live().public().first(),
        "open_events": event_list.filled(
            event_list.with_open_registration(event_list.public_events(home))[:SHOWN]
        ),
        "policies_column": _policies_column(home) if policies else None,
        "policies": policies,
        "figures": counts
        | {"opinions": Opinion.objects.counted().filter(draft__in=public).count()},
    }


def _policies_column(home: Page) -> PolicyIndexPage | None:
    found: PolicyIndexPage | None = PolicyIndexPage.objects.child_of(home).live().public().first()
    return found
