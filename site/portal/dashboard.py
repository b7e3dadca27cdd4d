"""What waits for a member of staff, on the first page of the admin: by unit, in few queries."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.forms import Media
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageLogEntry, Site
from wagtail.permissions import page_permission_policy

from consultation.access import CHANGE, DECIDE, ENTER, VIEW, drafts_for, opinions_for
from consultation.answered import without_result
from consultation.models import DecisionDraftPage
from notify.models import Message
from portal.dashboard_suggestions import suggestion_figures
from portal.event_dashboard import seat_figures, sessions_soon, unreported_events
from portal.figures import Due, Figure
from portal.release_dashboard import awaited_interpretations, failed_releases, release_figures
from portal.stale_figures import stale_figures
from publishing.holidays import add_workdays
from publishing.models import SiteProfile
from publishing.unit_policy import unit_ids

CLOSING_DAYS = 3
_REFUSED = "publishing.schedule_refused"


class DeskPanel(Component):
    """待办事项. Shown to whom any of it concerns."""

    name = "desk"
    order = 50
    template_name = "portal/dashboard.html"
    media = Media(css={"all": ["publishing/desk.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        waiting = list(without_result(drafts_for(user, VIEW)).select_related("unit__site"))
        return {
            "enter": entry_address(user),
            "closing": closing_soon(waiting),
            "overdue": overdue_results(waiting),
            "figures": [
                *opinion_figures(user),
                *seat_figures(user),
                *suggestion_figures(user),
                *message_figures(user),
                *stale_figures(user),
                *release_figures(user),
            ],
            "sessions": sessions_soon(user),
            "unreported": unreported_events(user),
            "awaited": awaited_interpretations(user),
            "failed": failed_releases(user),
            "refused": refused_schedules(user),
            "unset": unset_footers(user),
        }


def entry_address(user: Any) -> str:
    """Where letters and calls are entered, for who may do it: the front desk's daily work."""
    return reverse("desk:enter") if unit_ids(user, ENTER) != frozenset() else ""


def closing_soon(waiting: list[DecisionDraftPage]) -> list[Due]:
    """Drafts whose last day is today or one of the next three, the nearest first."""
    today = timezone.localdate()
    last = today + timedelta(days=CLOSING_DAYS)
    days = [(draft, draft.closing_day) for draft in waiting if draft.live and draft.closing_day]
    found = [_due(draft, day) for draft, day in days if today <= day <= last]
    return sorted(found, key=lambda due: due.day)


def overdue_results(waiting: list[DecisionDraftPage]) -> list[Due]:
    """Drafts whose result should have been public, with the day it was due (rule D9)."""
    today = timezone.localdate()
    profiles: dict[int, SiteProfile] = {}
    found = []
    for draft in waiting:
        closing = draft.closing_day
        if not draft.live or closing is None or closing >= today or draft.unit is None:
            continue
        site = draft.unit.site
        if site.pk not in profiles:
            profiles[site.pk] = SiteProfile.for_site(site)
        due = add_workdays(closing, profiles[site.pk].feedback_workdays)
        if due < today:
            found.append(_due(draft, due))
    return sorted(found, key=lambda due: due.day)


def _due(draft: DecisionDraftPage, day: date) -> Due:
    return Due(draft.title, day, f"{reverse('opinion:index')}?draft={draft.pk}")


def opinion_figures(user: Any) -> list[Figure]:
    """How many opinions wait for review, and how many for an outcome before the result."""
    register = reverse("opinion:index")
    found = []
    if unit_ids(user, CHANGE) != frozenset():
        pending = opinions_for(user, CHANGE).pending().filter(response=None).count()
        found.append(Figure("待审核", pending, f"{register}?stage=pending"))
    if unit_ids(user, DECIDE) != frozenset():
        undecided = opinions_for(user, DECIDE).undecided().count()
        found.append(Figure("待办理", undecided, f"{register}?outcome=undecided"))
    return found


def message_figures(user: Any) -> list[Figure]:
    """How many people must be told by phone (rule T2)."""
    if unit_ids(user, "notify.change_message") == frozenset():
        return []
    waiting = Message.objects.for_user(user).to_phone().count()
    return [Figure("待电话告知", waiting, reverse("call_list:index"))]


def refused_schedules(user: Any) -> list[dict[str, Any]]:
    """Pages whose scheduled publication was refused and that were not published since."""
    refusals = PageLogEntry.objects.filter(action=_REFUSED).values("page_id")
    latest = dict(refusals.annotate(at=Max("timestamp")).values_list("page_id", "at"))
    if not latest:
        return []
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    pages = Page.objects.filter(pk__in=latest).filter(pk__in=editable.values("pk"))
    return [
        {"page": page, "at": latest[page.pk]}
        for page in pages.order_by("-latest_revision_created_at")
        if page.last_published_at is None or page.last_published_at < latest[page.pk]
    ]


def unset_footers(user: Any) -> list[dict[str, Any]]:
    """What the sites' footers still lack, for administrators (rule S2)."""
    if not user.is_superuser:
        return []
    found = []
    for site in Site.objects.all():
        if missing := SiteProfile.for_site(site).unset_fields():
            address = reverse("wagtailsettings:edit", args=["publishing", "siteprofile", site.pk])
            found.append({"site": site, "missing": missing, "address": address})
    return found
