"""Addresses in the admin that lead from one feature to another."""

from django.urls import path

from portal.views.opinion_bridge import hand_over_statement, hand_over_suggestions

urlpatterns = [
    path("hearings/statements/<int:pk>/hand-over/", hand_over_statement, name="hearing_hand_over"),
    path("events/<int:pk>/hand-over/", hand_over_suggestions, name="suggestion_hand_over"),
]
