from django.urls import include, path
from wagtail import urls as wagtail_urls

from tests.benchmarks.bare import seats, views

urlpatterns = [
    path("bytes/", views.same_bytes),
    path("insert/", views.insert),
    path("", include("openday.urls")),
    path("seats/<int:pk>/bare/", seats.take),
    path("seats/<int:pk>/read/", seats.read),
    path("seats/<int:pk>/register/", seats.sign_up),
    path("", include(wagtail_urls)),
]
