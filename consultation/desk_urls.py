"""Addresses of the desk inside the admin; the lists' own are the viewsets'."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from consultation.views import (
    desk_entry,
    desk_exports,
    desk_opinion,
    desk_response,
    desk_result,
)
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known


class StepConverter(StringConverter):
    """Only steps that there are."""

    regex = "|".join(map(str, desk_opinion.STEPS))


register_converter(StepConverter, "opinion_step")

app_name = "desk"
urlpatterns = [
    path("opinions/new/", desk_entry.enter, name="enter"),
    path("opinions/slips/<id:pk>/", desk_entry.slip, name="slip"),
    path("opinions/export/", desk_exports.export, name="export"),
    path("opinions/files/<id:pk>/", desk_opinion.download, name="file"),
    path("opinions/<id:pk>/", desk_opinion.show_opinion, name="opinion"),
    path("opinions/<id:pk>/reveal/", desk_opinion.reveal, name="reveal"),
    path("opinions/<id:pk>/<opinion_step:step>/", desk_opinion.take_step, name="step"),
    path("responses/<id:pk>/", desk_response.response, name="response"),
    path("responses/<id:pk>/undo/", desk_response.undo, name="undo"),
    path("responses/<id:pk>/ungroup/", desk_response.ungroup, name="ungroup"),
    path("responses/<id:pk>/remove/", desk_response.remove, name="remove"),
    path("results/<id:pk>/", desk_result.result, name="result"),
]
