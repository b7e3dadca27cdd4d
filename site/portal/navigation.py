"""The main menu: the columns right below the site's home page that are shown in menus."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from publishing.kept import kept


def main_menu(request: HttpRequest) -> list[Any]:
    """The live pages below the home page that editors put in menus, in their order."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    return kept("menu", site.pk, make=lambda: list(site.root_page.get_children().live().in_menu()))
