from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page, Site


def sitemap_page(request: HttpRequest) -> HttpResponse:
    """站点地图 for people (rule S2): the tree of all public pages below the front page."""
    site = Site.find_for_request(request)
    pages = Page.objects.none()
    if site is not None:
        pages = site.root_page.get_descendants().live().public().order_by("path")
    return render(request, "portal/sitemap_page.html", {"tree": Page.get_annotated_list_qs(pages)})
