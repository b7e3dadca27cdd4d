from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.captcha.proof import new_challenge


@require_safe
@never_cache
def challenge(request: HttpRequest) -> JsonResponse:
    """A fresh challenge for the captcha's widget. Needs no cookie and keeps nothing."""
    return JsonResponse(new_challenge())
