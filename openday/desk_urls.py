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
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known


class StepConverter(StringConverter):
    """Only steps that there are."""

    regex = "|".join(map(str, desk_registration.STEPS))


register_converter(StepConverter, "registration_step")

app_name = "seats"
urlpatterns = [
    path("events/<id:pk>/sessions/", desk_sessions.show_event, name="event"),
    path("events/<id:pk>/sessions/new/", desk_sessions.add, name="add_session"),
    path("sessions/<id:pk>/", desk_sessions.change, name="change_session"),
    path("sessions/<id:pk>/cancel/", desk_sessions.cancel, name="cancel_session"),
    path("sessions/<id:pk>/groups/new/", desk_groups.add, name="add_group"),
    path("sessions/<id:pk>/sign-in/", desk_prints.sign_in, name="sign_in"),
    path("sessions/<id:pk>/call-slips/", desk_prints.call_slips, name="call_slips"),
    path("sessions/<id:pk>/export/", desk_exports.export, name="export"),
    path("sessions/<id:pk>/import/", desk_import.import_names, name="import"),
    path("groups-of-seats/<id:pk>/", desk_groups.change, name="change_group"),
    path("groups-of-seats/<id:pk>/remove/", desk_groups.remove, name="remove_group"),
    path("groups-of-seats/<id:pk>/draw/", desk_draw.show_draw, name="draw"),
    path("groups-of-seats/<id:pk>/draw/freeze/", desk_draw.freeze, name="freeze"),
    path("groups-of-seats/<id:pk>/draw/run/", desk_draw.draw, name="run_draw"),
    path("registrations/new/", desk_entry.enter, name="enter"),
    path("registrations/slips/<id:pk>/", desk_entry.slip, name="slip"),
    path("registrations/<id:pk>/", desk_registration.show_registration, name="registration"),
    path("registrations/<id:pk>/reveal/", desk_registration.reveal, name="reveal"),
    path(
        "registrations/<id:pk>/<registration_step:step>/",
        desk_registration.take_step,
        name="step",
    ),
]
