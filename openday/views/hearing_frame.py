from typing import Any

from django.urls import reverse


def frame(title: str, *crumbs: tuple[str, str], icon: str = "group") -> dict[str, Any]:
    """What Wagtail's page furniture needs around a screen of the desk.

    ``crumbs``: the screens above it, as (label, address).
    """
    home = {"url": reverse("wagtailadmin_home"), "label": "首页"}
    above = [{"url": address, "label": label} for label, address in crumbs]
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [home, *above, {"url": "", "label": title}],
    }
