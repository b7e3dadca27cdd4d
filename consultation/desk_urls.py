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


class StepConverter(StringConverter):
    """Only steps that there are."""

    regex = "|".join(map(str, desk_opinion.STEPS))


register_converter(StepConverter, "opinion_step")

app_name = "desk"
urlpatterns = [
    path("opinions/new/", desk_entry.enter, name="enter"),
    path("opinions/slips/<int:pk>/", desk_entry.slip, name="slip"),
    path("opinions/export/", desk_exports.export, name="export"),
    path("opinions/files/<int:pk>/", desk_opinion.download, name="file"),
    path("opinions/<int:pk>/", desk_opinion.show_opinion, name="opinion"),
    path("opinions/<int:pk>/reveal/", desk_opinion.reveal, name="reveal"),
    path("opinions/<int:pk>/<opinion_step:step>/", desk_opinion.take_step, name="step"),
    path("responses/<int:pk>/", desk_response.response, name="response"),
    path("responses/<int:pk>/undo/", desk_response.undo, name="undo"),
    path("responses/<int:pk>/ungroup/", desk_response.ungroup, name="ungroup"),
    path("responses/<int:pk>/remove/", desk_response.remove, name="remove"),
    path("results/<int:pk>/", desk_result.result, name="result"),
]
