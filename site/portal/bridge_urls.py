"""Addresses in the admin that lead from one feature to another."""

from django.urls import path

from portal.views.hearing_bridge import hand_over_statement

urlpatterns = [
    path("hearings/statements/<int:pk>/hand-over/", hand_over_statement, name="hearing_hand_over"),
]
