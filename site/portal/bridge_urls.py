"""Addresses in the admin that lead from one feature to another."""

from django.urls import path

from portal.views.opinion_bridge import hand_over_statement, hand_over_suggestions
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known

urlpatterns = [
    path("hearings/statements/<id:pk>/hand-over/", hand_over_statement, name="hearing_hand_over"),
    path("events/<id:pk>/hand-over/", hand_over_suggestions, name="suggestion_hand_over"),
]
