"""Which videos a member of staff may see and change: those of the unit's collection."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permissions import policy_registry

from interpretations.models import Video


def may_add(user: Any) -> bool:
    """Whether there is a collection into which the user may put videos."""
    return bool(policy_registry.get_by_type(Video).user_has_permission(user, "add"))


def may_see_any(user: Any) -> bool:
    policy = policy_registry.get_by_type(Video)
    return bool(policy.user_has_any_permission(user, ["add", "change", "delete"]))


def videos_for(user: Any) -> QuerySet[Video]:
    """Those that the user may change, the newest first."""
    policy = policy_registry.get_by_type(Video)
    own = policy.instances_user_has_permission_for(user, "change")
    rows: QuerySet[Video] = Video.objects.filter(pk__in=own.values("pk"))
    return rows.select_related("collection").prefetch_related("renditions", "captions")
