"""Addresses in the admin of hearings, suggestions, and reports."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from openday.views import desk_hearing, desk_report, desk_suggestions
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known


class StepConverter(StringConverter):
    """Only steps that there are."""

    regex = "|".join(desk_hearing.STEPS)


register_converter(StepConverter, "hearing_step")
_list = desk_suggestions.SuggestionIndexView.as_view

app_name = "hearing"
urlpatterns = [
    path("hearings/events/<id:pk>/", desk_hearing.choose_session, name="event"),
    path("hearings/<id:pk>/", desk_hearing.show, name="show"),
    path("hearings/<id:pk>/sheet/", desk_hearing.sheet, name="sheet"),
    path("hearings/<id:pk>/<hearing_step:step>/", desk_hearing.take_step, name="step"),
    path("hearings/statements/<id:pk>/", desk_hearing.statement, name="statement"),
    path("hearings/statements/<id:pk>/remove/", desk_hearing.remove, name="remove"),
    path("suggestions/", _list(), name="suggestions"),
    path("suggestions/results/", _list(results_only=True), name="suggestions_results"),
    path("suggestions/new/", desk_suggestions.suggest, name="suggest"),
    path("suggestions/<id:pk>/", desk_suggestions.suggestion, name="suggestion"),
    path("event-reports/<id:pk>/", desk_report.report, name="report"),
]
