"""Addresses in the admin of the leaflets."""

from django.urls import path

from interpretations.views import desk_leaflets
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known

app_name = "leaflets"
urlpatterns = [
    path("<id:page_id>/leaflets/", desk_leaflets.show_leaflets, name="list"),
    path("<id:page_id>/leaflets/make/", desk_leaflets.make, name="make"),
    path("leaflets/<id:pk>.pdf", desk_leaflets.download, name="download"),
]
