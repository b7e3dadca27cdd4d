"""Addresses of events that belong to no page."""

from django.urls import path

from openday.views.status import (
    RegistrationLookUp,
    accept,
    calendar,
    confirm_again,
    give_up,
)

urlpatterns = [
    path("registrations/", RegistrationLookUp.as_view(), name="registration_lookup"),
    path("registrations/give-up/", give_up, name="registration_give_up"),
    path("registrations/accept/", accept, name="registration_accept"),
    path("registrations/confirm/", confirm_again, name="registration_confirm"),
    path("registrations/calendar/", calendar, name="registration_calendar"),
]
