"""Addresses in the admin of what became stale."""

from django.urls import path

from interpretations.views import desk_stale

app_name = "stale"
urlpatterns = [
    path("stale/", desk_stale.StaleReportView.as_view(), name="report"),
    path(
        "stale/results/",
        desk_stale.StaleReportView.as_view(results_only=True),
        name="report_results",
    ),
    path("stale/confirm/", desk_stale.confirm, name="confirm"),
]
