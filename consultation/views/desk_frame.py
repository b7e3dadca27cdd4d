from typing import Any

from django.urls import reverse

Crumb = tuple[str, str]
REGISTER: Crumb = ("意见办理", "opinion:index")
RESPONSES: Crumb = ("归纳意见与采纳情况", "response:index")


def frame(title: str, *crumbs: Crumb, icon: str = "comment") -> dict[str, Any]:
    """What Wagtail's page furniture needs around a page of the desk: title and breadcrumbs.

    ``crumbs``: the pages above it, as (label, name of the address).
    """
    home = {"url": reverse("wagtailadmin_home"), "label": "首页"}
    above = [{"url": reverse(name), "label": label} for label, name in crumbs]
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [home, *above, {"url": "", "label": title}],
    }
