"""Addresses of the door inside the admin."""

from django.urls import path

from openday.views import check_in
from publishing.ids import IdConverter as IdConverter  # makes <id:…> known

app_name = "check_in"
urlpatterns = [
    path("check-in/", check_in.choose, name="choose"),
    path("check-in/<id:pk>/", check_in.door, name="door"),
    path("check-in/<id:pk>/upload/", check_in.upload, name="upload"),
    path("check-in/<id:pk>/standing/", check_in.standing, name="standing"),
    path("check-in/<id:pk>/find/", check_in.find, name="find"),
    path("check-in/<id:pk>/people/", check_in.people, name="people"),
    path("check-in/<id:pk>/undo/<id:registration>/", check_in.undo, name="undo"),
]
