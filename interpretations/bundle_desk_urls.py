"""Addresses of joint releases in the admin; the list's own are the viewset's."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from interpretations.views import bundle_steps, desk_bundles, desk_exemptions
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known


class StepConverter(StringConverter):
    """Only steps that there are."""

    regex = "|".join(bundle_steps.STEPS)


register_converter(StepConverter, "bundle_step")

app_name = "bundles"
urlpatterns = [
    path("bundles/new/", desk_bundles.new, name="new"),
    path("bundles/<id:pk>/", desk_bundles.show, name="show"),
    path("bundles/<id:pk>/change/", desk_bundles.change, name="change"),
    path("bundles/<id:pk>/decide/", desk_bundles.decide, name="decide"),
    path("bundles/<id:pk>/<bundle_step:step>/", bundle_steps.take_step, name="step"),
    path("policies/<id:pk>/exemption/", desk_exemptions.grant, name="exempt"),
]
