"""The site's addresses, and a page with the newest video on it."""

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from interpretations.models import Video
from portal import urls

handler404 = urls.handler404
handler500 = urls.handler500
PAGE = """{% extends "base.html" %}{% load static %}
{% block title %}短视频{% endblock %}
{% block styles %}<link rel="stylesheet" href="{% static 'portal/css/video.css' %}">{% endblock %}
{% block content %}<h1>短视频</h1>{% include "components/video.html" %}{% endblock %}"""


def show(request: HttpRequest) -> HttpResponse:
    context = RequestContext(request, {"video": Video.objects.latest("pk")})
    return HttpResponse(Template(PAGE).render(context))


urlpatterns = [path("video-page/", show), *urls.urlpatterns]
"""Before Wagtail's, which take all that is left."""
