"""Addresses of the seats' desk inside the admin; the lists' own are the viewsets'."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from openday.views import (
    desk_draw,
    desk_entry,
    desk_exports,
    desk_groups,
    desk_import,
    desk_prints,
    desk_registration,
    desk_sessions,
)


class StepConverter(StringConverter):
    """Only steps that there are."""

    regex = "|".join(map(str, desk_registration.STEPS))


register_converter(StepConverter, "registration_step")

app_name = "seats"
urlpatterns = [
    path("events/<int:pk>/sessions/", desk_sessions.show_event, name="event"),
    path("events/<int:pk>/sessions/new/", desk_sessions.add, name="add_session"),
    path("sessions/<int:pk>/", desk_sessions.change, name="change_session"),
    path("sessions/<int:pk>/cancel/", desk_sessions.cancel, name="cancel_session"),
    path("sessions/<int:pk>/groups/new/", desk_groups.add, name="add_group"),
    path("sessions/<int:pk>/sign-in/", desk_prints.sign_in, name="sign_in"),
    path("sessions/<int:pk>/call-slips/", desk_prints.call_slips, name="call_slips"),
    path("sessions/<int:pk>/export/", desk_exports.export, name="export"),
    path("sessions/<int:pk>/import/", desk_import.import_names, name="import"),
    path("groups-of-seats/<int:pk>/", desk_groups.change, name="change_group"),
    path("groups-of-seats/<int:pk>/remove/", desk_groups.remove, name="remove_group"),
    path("groups-of-seats/<int:pk>/draw/", desk_draw.show_draw, name="draw"),
    path("groups-of-seats/<int:pk>/draw/freeze/", desk_draw.freeze, name="freeze"),
    path("groups-of-seats/<int:pk>/draw/run/", desk_draw.draw, name="run_draw"),
    path("registrations/new/", desk_entry.enter, name="enter"),
    path("registrations/slips/<int:pk>/", desk_entry.slip, name="slip"),
    path("registrations/<int:pk>/", desk_registration.show_registration, name="registration"),
    path("registrations/<int:pk>/reveal/", desk_registration.reveal, name="reveal"),
    path(
        "registrations/<int:pk>/<registration_step:step>/",
        desk_registration.take_step,
        name="step",
    ),
]
