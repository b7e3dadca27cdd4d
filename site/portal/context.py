"""What the frame of every page needs, wherever the page comes from."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.middleware import ELDER_PREFIX
from portal.navigation import main_menu
from publishing.models import SiteProfile


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Lazily, so that the admin pays nothing: profile, menu, the two versions' addresses."""
    elder = getattr(request, "elder", False)
    path = request.get_full_path()
    return {
        "profile": SimpleLazyObject(lambda: SiteProfile.for_request(request)),
        "main_menu": SimpleLazyObject(lambda: main_menu(request)),
        "elder": elder,
        "elder_address": path if elder else ELDER_PREFIX + path,
        "standard_address": path.replace(ELDER_PREFIX, "", 1) if elder else path,
        "demo": settings.DEMO,
    }
