import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from interpretations.models import CaptionTrack
from publishing.models.pages import MAX_AGE


@require_safe
def show_captions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The captions of one language, from our own address: browsers read no others beside a film."""
    track = get_object_or_404(CaptionTrack, key=key)
    response = HttpResponse(track.text, content_type="text/vtt; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response
