"""Addresses of the consultation that belong to no page."""

from django.urls import path

from consultation.views.feed import DraftFeed
from consultation.views.lookup import look_up, withdraw

urlpatterns = [
    path("lookup/", look_up, name="lookup"),
    path("lookup/withdraw/", withdraw, name="withdraw"),
    path("feed/", DraftFeed(), name="feed"),
]
