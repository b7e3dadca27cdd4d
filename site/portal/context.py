"""What the frame of every page needs, wherever the page comes from."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.navigation import main_menu
from publishing.elder import elder_prefix, standard_prefix
from publishing.models import SiteProfile


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Lazily, so that the admin pays nothing: profile, menu, the two versions' addresses."""
    elder = getattr(request, "elder", False)
    place = request.get_full_path_info().lstrip("/")
    return {
        "profile": SimpleLazyObject(lambda: SiteProfile.for_request(request)),
        "main_menu": SimpleLazyObject(lambda: main_menu(request)),
        "elder": elder,
        "elder_address": elder_prefix() + place,
        "standard_address": standard_prefix() + place,
        "demo": settings.DEMO,
    }
