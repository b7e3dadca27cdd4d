from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from portal.styleguide import samples


@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with its sample, for staff and in the demo: samples look like real pages."""
    if not (settings.DEMO or getattr(request.user, "is_staff", False)):
        raise Http404
    return render(request, "portal/styleguide.html", samples())
