"""Public addresses of interpretations that belong to no page."""

from django.urls import path

from interpretations.views.ratings import rate, rated
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known

urlpatterns = [
    path("answers/<id:pk>/<slug:key>/", rate, name="rate_answer"),
    path("answers/<id:pk>/<slug:key>/thanks/", rated, name="answer_rated"),
]
