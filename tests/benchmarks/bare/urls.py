from django.urls import include, path
from wagtail import urls as wagtail_urls

from tests.benchmarks.bare import views

urlpatterns = [
    path("bytes/", views.same_bytes),
    path("insert/", views.insert),
    path("", include(wagtail_urls)),
]
