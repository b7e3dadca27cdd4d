"""The site's addresses, those of the demo among them, and pages on which something goes wrong."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from people.encryption import Unreadable
from portal import urls, views

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def bad(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("bad on purpose")


def unreadable(request: HttpRequest) -> HttpResponse:
    raise Unreadable


urlpatterns = [
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("bad/", bad),
    path("unreadable/", unreadable),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<str:name>/", views.mail, name="mail"),
    *urls.urlpatterns,
]
