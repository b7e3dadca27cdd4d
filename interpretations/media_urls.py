"""Public addresses of what belongs to a video and is no file."""

from django.urls import path

from interpretations.views.captions import show_captions

urlpatterns = [
    path("videos/captions/<uuid:key>.vtt", show_captions, name="video_captions"),
]
