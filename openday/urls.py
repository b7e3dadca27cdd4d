"""Addresses of events that belong to no page."""

from django.urls import path

from openday.views.status import look_up

urlpatterns = [
    path("registrations/", look_up, name="registration_lookup"),
]
