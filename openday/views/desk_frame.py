from typing import Any

from django.urls import reverse

from openday.models import EventPage

Crumb = tuple[str, str]
REGISTER: Crumb = ("报名办理", "registration:index")
SESSIONS: Crumb = ("场次", "session:index")


def frame(
    title: str, *crumbs: Crumb, icon: str = "group", event: EventPage | None = None
) -> dict[str, Any]:
    """What Wagtail's page furniture needs around a page of the desk: title and breadcrumbs.

    ``crumbs``: the pages above it, as (label, name of the address); then the event's sessions.
    """
    above = [{"url": reverse("wagtailadmin_home"), "label": "首页"}]
    above += [{"url": reverse(name), "label": label} for label, name in crumbs]
    if event:
        above.append({"url": reverse("seats:event", args=[event.pk]), "label": event.title})
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [*above, {"url": "", "label": title}],
    }
