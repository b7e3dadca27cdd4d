"""Addresses of the videos' desk, which stand before wagtailmedia's own at the same places.

Its chooser, and the addresses that it makes for a video, lead here.
"""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from interpretations.views import desk_videos
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known


class StepConverter(StringConverter):
    """Only steps that there are."""

    regex = "|".join(desk_videos.STEPS)


register_converter(StepConverter, "video_step")

app_name = "videos"
urlpatterns = [
    path("media/", desk_videos.VideoIndexView.as_view(), name="index"),
    path(
        "media/results/",
        desk_videos.VideoIndexView.as_view(results_only=True),
        name="index_results",
    ),
    path("media/video/add/", desk_videos.add, name="add"),
    path("media/audio/add/", desk_videos.add),
    path("media/media/add/", desk_videos.add),
    path("media/edit/<id:pk>/", desk_videos.show_video, name="video"),
    path("media/delete/<id:pk>/", desk_videos.delete, name="delete"),
    path("media/usage/<id:pk>/", desk_videos.show_video),
    path("media/edit/<id:pk>/captions/", desk_videos.set_captions, name="captions"),
    path("media/edit/<id:pk>/progress/", desk_videos.progress, name="progress"),
    path("media/edit/<id:pk>/source/", desk_videos.download_source, name="source"),
    path("media/edit/<id:pk>/<video_step:step>/", desk_videos.take_step, name="step"),
    path("media/chooser/", desk_videos.only_videos),
    path("media/chooser/audio/", desk_videos.only_videos),
    path("media/video/chooser/upload/", desk_videos.chooser_upload),
    path("media/audio/chooser/upload/", desk_videos.chooser_upload),
]
