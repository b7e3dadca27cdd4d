"""Addresses of the door inside the admin."""

from django.urls import path

from openday.views import check_in

app_name = "check_in"
urlpatterns = [
    path("check-in/", check_in.choose, name="choose"),
    path("check-in/<int:pk>/", check_in.door, name="door"),
    path("check-in/<int:pk>/upload/", check_in.upload, name="upload"),
    path("check-in/<int:pk>/standing/", check_in.standing, name="standing"),
    path("check-in/<int:pk>/find/", check_in.find, name="find"),
    path("check-in/<int:pk>/people/", check_in.people, name="people"),
    path("check-in/<int:pk>/undo/<int:registration>/", check_in.undo, name="undo"),
]
