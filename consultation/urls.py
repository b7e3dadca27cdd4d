"""Addresses of the consultation that belong to no page."""

from django.urls import path

from consultation.views.caching import kept_until_midnight
from consultation.views.calendar import deadlines
from consultation.views.feed import DraftFeed
from consultation.views.lookup import OpinionLookUp, withdraw

urlpatterns = [
    path("lookup/", OpinionLookUp.as_view(), name="lookup"),
    path("lookup/withdraw/", withdraw, name="withdraw"),
    path("feed/", kept_until_midnight(DraftFeed()), name="feed"),
    path("deadlines.ics", deadlines, name="deadlines"),
]
