from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from portal.probes import readiness


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing else, so that a slow database restarts no web worker."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether requests should come here: 503 without a database at its latest migration.

    A cache or broker that is down is told, and no reason to send people away: pages are shown and
    opinions are taken without them.
    """
    state = readiness()
    return JsonResponse(state, status=503 if state["status"] == "unavailable" else 200)
